//! Services, workloads, namespaces, names and annotations (codes `MG50xx` to `MG53xx`).

mod annotation;
mod embedded;
mod injection;
mod injector;
mod injector_values;
mod object;
mod proxy_image;
mod reference;
mod service;
mod webhook;
mod workload;

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
    &workload::PROXY_USER,
    &workload::AUTOMATIC_IMAGE,
    &workload::AUTOMATIC_IMAGE_OF_A_POD,
    &workload::POD_WITHOUT_PROXY,
    &workload::OPEN_KEY_FETCH,
    &workload::STALE_PROXY,
    &injection::UNDECIDED_NAMESPACE,
    &injection::HIDDEN_DEFAULT,
    &injection::COMPETING_LABELS,
    &injection::IDLE_REQUEST,
    &webhook::OVERLAPPING_INJECTORS,
    &webhook::INJECTOR_WITHOUT_SERVICE,
    &webhook::UNUSABLE_CONTROL_PLANE,
    &webhook::ADDRESS_OF_CONTROL_PLANE,
    &annotation::MISPLACED_ANNOTATION,
    &annotation::UNKNOWN_ANNOTATION,
    &annotation::UNUSABLE_ANNOTATION,
    &annotation::DEPRECATED_ANNOTATION,
    &annotation::ALPHA_ANNOTATION,
    &object::DEPRECATED_FIELD,
    &object::DEPRECATED_PROVIDER,
    &object::REMOVED_KIND,
    &object::OUTDATED_GATEWAY_API,
    &object::REFUSED_OBJECT,
    &object::UNPLACED_OBJECT,
    &object::UNKNOWN_INSTALLATION_FIELD,
    &object::UNSERVED_GATEWAY_API,
    &object::EARLY_GATEWAY_API,
    &reference::UNKNOWN_SCALE_TARGET,
    &reference::IDLE_DISRUPTION_BUDGET,
    &reference::CONTESTED_DISRUPTION_BUDGET,
    &reference::UNKNOWN_PROBE_PORT,
    &reference::UNKNOWN_CONFIG,
    &reference::UNKNOWN_ACCOUNT_OF_PODS,
    &reference::IDLE_NETWORK_POLICY,
    &reference::UNKNOWN_INGRESS_BACKEND,
];

/// Whether an object is a part of Istio's control plane, by the labels of its own installation, or of Kubernetes.
///
/// Source: `IsIstioControlPlane` of `pkg/config/analysis/analyzers/util/config.go`.
fn is_of_the_system(object: &Object) -> bool {
    object.is_of_kubernetes()
        || object.label("istio").is_some()
        || object.label("release").is_some_and(|it| it == "istio")
}
