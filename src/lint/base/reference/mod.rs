//! What objects of Kubernetes name, and whether it is there.

mod contested_disruption_budget;
mod idle_disruption_budget;
mod idle_network_policy;
mod unknown_account_of_pods;
mod unknown_config;
mod unknown_ingress_backend;
mod unknown_probe_port;
mod unknown_scale_target;

pub use contested_disruption_budget::RULE as CONTESTED_DISRUPTION_BUDGET;
pub use idle_disruption_budget::RULE as IDLE_DISRUPTION_BUDGET;
pub use idle_network_policy::RULE as IDLE_NETWORK_POLICY;
pub use unknown_account_of_pods::RULE as UNKNOWN_ACCOUNT_OF_PODS;
pub use unknown_config::RULE as UNKNOWN_CONFIG;
pub use unknown_ingress_backend::RULE as UNKNOWN_INGRESS_BACKEND;
pub use unknown_probe_port::RULE as UNKNOWN_PROBE_PORT;
pub use unknown_scale_target::RULE as UNKNOWN_SCALE_TARGET;

use crate::kube::Sort;
use crate::mesh::{Object, Workload};
use crate::yaml::Node;

/// Workloads that people write; what controllers make of them only repeats them.
const SORTS: &[Sort] = &[
    Sort::Pod,
    Sort::Deployment,
    Sort::StatefulSet,
    Sort::DaemonSet,
    Sort::Job,
    Sort::CronJob,
    Sort::Rollout,
];

/// All containers of a workload, those that run first among them.
fn containers(workload: Workload<'_>) -> impl Iterator<Item = &Node> {
    let spec = workload.pod_spec();
    spec.list("initContainers").iter().chain(spec.list("containers"))
}

/// Whether the pods of an object were made by a controller that stands in the files, too.
fn is_made(object: &Object) -> bool {
    object.node.get("metadata").is_some_and(|it| !it.list("ownerReferences").is_empty())
}
