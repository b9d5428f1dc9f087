//! Whom a policy chooses.

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Entry;

/// The labels that a policy chooses by; nothing where it has no selector at all.
pub fn selector(policy: &Object) -> Option<&[Entry]> {
    let spec = policy.spec();
    let found = spec.entry("selector").map(|it| it.value.pairs("matchLabels"));
    found.or_else(|| spec.entry("workloadSelector").map(|it| it.value.pairs("labels")))
}

/// Labels as a command line has them.
pub fn shown(labels: &[Entry]) -> String {
    let pair = |it: &Entry| format!("{}={}", it.key, it.value.text().map_or("", |it| it.as_str()));
    labels.iter().map(pair).collect::<Vec<_>>().join(",")
}

/// Whether Istio holds a pod to policies: it has a sidecar, or is of the ambient mesh.
pub fn is_held(workload: Workload<'_>, cluster: &Cluster) -> bool {
    workload.is_in_mesh(cluster) || is_ambient(workload, cluster)
}

/// Whether a pod is of the ambient mesh: of a pod its annotation says it, which the mesh writes; of one that is still
/// to be made, what it and its namespace ask for.
pub fn is_ambient(workload: Workload<'_>, cluster: &Cluster) -> bool {
    const MODE: &str = "istio.io/dataplane-mode";
    if workload.annotation("ambient.istio.io/redirection").is_some_and(|it| it == "enabled") {
        return true;
    }
    if workload.object.is(Sort::Pod) {
        return false;
    }
    match workload.label(MODE) {
        Some(said) => said == "ambient",
        None => cluster.is_ambient(workload.object.namespace()),
    }
}
