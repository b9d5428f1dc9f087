//! Namespaces: whether the pods in them get a proxy.

mod competing_labels;
mod hidden_default;
mod idle_request;
mod undecided_namespace;

pub use competing_labels::RULE as COMPETING_LABELS;
pub use hidden_default::RULE as HIDDEN_DEFAULT;
pub use idle_request::RULE as IDLE_REQUEST;
pub use undecided_namespace::RULE as UNDECIDED_NAMESPACE;

use crate::lint::base::injector_values::{config_map_of, injector_values};
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

const INJECTION: &str = "istio-injection";
const REVISION: &str = "istio.io/rev";
const DATAPLANE: &str = "istio.io/dataplane-mode";

/// Whether no label of a namespace says if its pods get a proxy. Istio's own namespace needs none.
fn is_undecided(namespace: &Object) -> bool {
    let says = |key: &str| namespace.label(key).is_some_and(|it| !it.is_empty());
    namespace.name.as_str() != "istio-system"
        && !namespace.is_of_kubernetes()
        && namespace.label(DATAPLANE).map(Str::as_str) != Some("ambient")
        && !says(INJECTION)
        && namespace.label(REVISION).is_none()
}

/// Whether the injector takes pods of namespaces without labels.
fn takes_all(cluster: &Cluster) -> bool {
    let values = injector_values(cluster);
    let of_default = values.get(config_map_of("").as_str());
    of_default
        .and_then(|it| it.at(&["sidecarInjectorWebhook", "enableNamespacesByDefault"]))
        .and_then(Node::text)
        .is_some_and(|it| it == "true")
}
