//! The pods of a mesh: those that files have, and those that a workload will have where they have none.
//!
//! A dump of a cluster has pods beside the Deployments that made them; to count both would count each twice.

use crate::kube::Sort;
use crate::mesh::{Cluster, Workload};
use crate::yaml::Entry;

/// Which workloads are more than the pods that stand beside them.
#[derive(Debug, Default)]
pub struct Pods {
    /// By `id`, in order.
    shadows: Vec<usize>,
}

impl Pods {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let has_pods = cluster.of(Sort::Pod).next().is_some();
        let is_shadow = |it: &Workload<'_>| {
            let owned = it.object.node.get("metadata").is_some_and(|it| it.has("ownerReferences"));
            !it.object.is(Sort::Pod) && (owned || (has_pods && has_pod(cluster, *it)))
        };
        Self { shadows: cluster.workloads().filter(is_shadow).map(|it| it.object.id).collect() }
    }
}

/// Whether a pod carries every label that the pods of a workload will.
fn has_pod(cluster: &Cluster, workload: Workload<'_>) -> bool {
    let labels = workload.labels();
    let mut found = cluster.selected(Some(workload.object.namespace()), labels);
    !labels.is_empty() && found.any(|it| it.object.is(Sort::Pod))
}

impl Cluster {
    /// The pods that carry all of some labels, in a namespace or anywhere, each as the workload that makes it.
    pub fn pods<'m>(
        &'m self,
        namespace: Option<&'m str>,
        labels: &'m [Entry],
    ) -> impl Iterator<Item = Workload<'m>> {
        let shadows = &self.pod_index().shadows;
        self.selected(namespace, labels).filter(|it| shadows.binary_search(&it.object.id).is_err())
    }

    /// Whether the files say what runs in a namespace.
    pub fn has_pods(&self, namespace: &str) -> bool {
        self.selected(Some(namespace), &[]).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;

    #[test]
    fn a_deployment_and_its_pod_are_one() {
        let text = "
{ apiVersion: v1, kind: Pod, metadata: { name: d-x, namespace: y, labels: { app: a, pod-template-hash: x } } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: d, namespace: y }, spec: { template: { metadata: { labels: { app: a } } } } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: e, namespace: y }, spec: { template: { metadata: { labels: { app: b } } } } }
";
        let cluster = Cluster::parse(text);
        let names: Vec<&str> = cluster.pods(Some("y"), &[]).map(|it| it.object.name.as_str()).collect();
        assert_eq!(names, ["d-x", "e"]);
        assert!(cluster.has_pods("y") && !cluster.has_pods("z"));
    }
}
