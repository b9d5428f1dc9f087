//! A version of several pods gets a PodDisruptionBudget: maintenance takes them one at a time.

use crate::kube::base::pod_disruption_budget::PodDisruptionBudgetSpec;
use crate::kube::wave;
use crate::kube::{LabelSelector, Manifest, PodDisruptionBudget};
use crate::lower::Context;
use crate::lower::base::workload::Workload;

/// `None` for a client, whom nobody calls, and for a single pod, which then could never be evicted. Each counts the pods
/// of one version, so no pod is under two, which the API server refuses to evict.
pub fn pod_disruption_budget(cx: &Context<'_>, workload: &Workload<'_>) -> Option<Manifest> {
    if workload.version.is_none() || workload.make.replicas.value < 2 {
        return None;
    }
    let object = PodDisruptionBudget {
        metadata: cx.metadata(workload.name.clone(), workload.namespace, workload.labels(cx)),
        spec: PodDisruptionBudgetSpec {
            max_unavailable: 1,
            selector: LabelSelector { match_labels: workload.all_pods() },
            // A pod that never became ready serves nobody and must not block a node.
            unhealthy_pod_eviction_policy: "AlwaysAllow",
        },
    };
    Some(cx.core("policy/v1", wave::PODS, object))
}

#[cfg(test)]
mod tests {
    use crate::lower::example::names;

    #[test]
    fn only_a_version_of_several_pods_has_a_budget() {
        let profile = "
services: { a: { versions: { v1: { replicas: 2 }, v2: { replicas: 1 }, v3: { replicas: 0 } }, routes: { all: { split: { v1: 100 } } } } }
clients: { c: { replicas: 3 } }
";
        assert_eq!(names(profile, "PodDisruptionBudget"), ["demo/a-v1"]);
    }
}
