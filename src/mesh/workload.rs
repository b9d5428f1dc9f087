//! Workloads: whatever makes pods, found by the labels of its pods.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::kube::sort::WORKLOADS;
use crate::mesh::object::NOTHING;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// A workload: an object and the template of its pods. A Pod is its own template.
#[derive(Clone, Copy, Debug)]
pub struct Workload<'m> {
    /// The object.
    pub object: &'m Object,
    /// What has `metadata` and `spec` of the pods.
    pub template: &'m Node,
}

impl<'m> Workload<'m> {
    /// The workload that an object is; `None` if it makes no pods.
    pub fn of(object: &'m Object) -> Option<Self> {
        let sort = object.sort.filter(|it| WORKLOADS.contains(it))?;
        let template = match sort {
            Sort::Pod => Some(&object.node),
            Sort::CronJob => object.node.at(&["spec", "jobTemplate", "spec", "template"]),
            _ => object.node.at(&["spec", "template"]),
        };
        Some(Self { object, template: template.unwrap_or(&NOTHING) })
    }

    /// The labels of its pods.
    pub fn labels(self) -> &'m [Entry] {
        self.template.get("metadata").map_or(&[], |it| it.pairs("labels"))
    }

    /// The value of one of them.
    pub fn label(self, key: &str) -> Option<&'m Str> {
        self.template.get("metadata")?.get("labels")?.word(key)
    }

    /// The value of an annotation of its pods.
    pub fn annotation(self, key: &str) -> Option<&'m Str> {
        self.template.get("metadata")?.get("annotations")?.word(key)
    }

    /// What its pods are made of.
    pub fn pod_spec(self) -> &'m Node {
        self.template.get("spec").unwrap_or(&NOTHING)
    }

    /// The ServiceAccount that its pods run as.
    pub fn service_account(self) -> &'m str {
        let spec = self.pod_spec();
        let said = spec.word("serviceAccountName").or_else(|| spec.word("serviceAccount"));
        said.filter(|it| !it.is_empty()).map_or("default", Str::as_str)
    }

    /// Whether its pods carry all labels of a mapping; an empty one fits every pod.
    pub fn carries(self, labels: &[Entry]) -> bool {
        labels.iter().all(|it| self.label(&it.key).is_some() && self.label(&it.key) == it.value.text())
    }
}

/// The workloads of a cluster by a label of their pods.
#[derive(Debug, Default)]
pub struct Workloads {
    all: Vec<usize>,
    by_namespace: BTreeMap<Str, Vec<usize>>,
    by_label: BTreeMap<(Str, Str), Vec<usize>>,
}

impl Workloads {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut this = Self::default();
        let mut ids: Vec<usize> = WORKLOADS.iter().flat_map(|it| cluster.of(*it)).map(|it| it.id).collect();
        ids.sort_unstable();
        for workload in ids.iter().filter_map(|it| Workload::of(cluster.object(*it))) {
            let id = workload.object.id;
            this.by_namespace.entry(workload.object.namespace().into()).or_default().push(id);
            for label in workload.labels() {
                let Some(value) = label.value.text() else { continue };
                this.by_label.entry((label.key.value.clone(), value.clone())).or_default().push(id);
            }
        }
        this.all = ids;
        this
    }

    /// Those that may fit: of all labels the one with the fewest.
    fn candidates(&self, namespace: Option<&str>, labels: &[Entry]) -> &[usize] {
        let whole = match namespace {
            Some(it) => self.by_namespace.get(it).map_or(&[][..], Vec::as_slice),
            None => &self.all,
        };
        let of = |it: &Entry| {
            let value = it.value.text().cloned().unwrap_or_default();
            self.by_label.get(&(it.key.value.clone(), value)).map_or(&[][..], Vec::as_slice)
        };
        labels.iter().map(of).chain([whole]).min_by_key(|it| it.len()).unwrap_or(&[])
    }
}

impl Cluster {
    /// Every workload, in the order read.
    pub fn workloads(&self) -> impl Iterator<Item = Workload<'_>> {
        self.workload_index().all.iter().filter_map(|it| Workload::of(self.object(*it)))
    }

    /// The workloads whose pods carry all of some labels, in a namespace or anywhere.
    pub fn selected<'m>(
        &'m self,
        namespace: Option<&'m str>,
        labels: &'m [Entry],
    ) -> impl Iterator<Item = Workload<'m>> {
        let found = self.workload_index().candidates(namespace, labels).iter();
        let found = found.filter_map(|it| Workload::of(self.object(*it)));
        found.filter(move |it| namespace.is_none_or(|own| own == it.object.namespace()) && it.carries(labels))
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;

    const MESH: &str = "
{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: x, labels: { app: a, version: v1 } } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: d, namespace: y }, spec: { template: { metadata: { labels: { app: a } } } } }
---
{ apiVersion: batch/v1, kind: CronJob, metadata: { name: c, namespace: x }, spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: b } } } } } } }
---
{ labels: { app: a }, apiVersion: v1, kind: Labels, metadata: { name: l } }
";

    #[test]
    fn workloads_are_found_by_the_labels_of_their_pods() {
        let cluster = Cluster::parse(MESH);
        let labels = cluster.objects()[3].node.pairs("labels");
        let names = |namespace| -> Vec<String> {
            cluster.selected(namespace, labels).map(|it| it.object.name.to_string()).collect()
        };
        assert_eq!(names(None), ["p", "d"]);
        assert_eq!(names(Some("x")), ["p"]);
        assert_eq!(names(Some("z")), [""; 0]);
        assert_eq!(cluster.selected(Some("x"), &[]).count(), 2);
        assert_eq!(cluster.workloads().count(), 3);
    }
}
