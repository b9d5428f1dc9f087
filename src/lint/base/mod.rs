//! Services, workloads, namespaces, names and annotations (codes `MG50xx` to `MG53xx`).

mod annotation;
mod embedded;
mod service;

use crate::lint::Rule;
use crate::mesh::Object;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[
    &service::UNDECLARED_PROTOCOL,
    &service::UNKNOWN_APP_PROTOCOL,
    &service::EXTERNAL_NAME_PORT,
    &service::TWO_TRANSPORTS,
    &service::ONE_TARGET_TWO_PORTS,
    &service::CONTESTED_PROTOCOL,
    &service::UNLISTED_TARGET_PORT,
    &annotation::MISPLACED_ANNOTATION,
    &annotation::UNKNOWN_ANNOTATION,
    &annotation::UNUSABLE_ANNOTATION,
    &annotation::DEPRECATED_ANNOTATION,
    &annotation::ALPHA_ANNOTATION,
];

/// Whether an object is a part of Istio's control plane, by the labels of its own installation.
///
/// Source: `IsIstioControlPlane` of `pkg/config/analysis/analyzers/util/config.go`.
fn is_control_plane(object: &Object) -> bool {
    object.label("istio").is_some() || object.label("release").is_some_and(|it| it == "istio")
}
