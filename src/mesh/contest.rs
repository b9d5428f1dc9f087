//! Objects that choose the same pods, or the same namespace, where only one of them can count.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Entry;

/// Objects of a kind that want one thing: at least two, in the order read.
#[derive(Debug)]
pub struct Contest<'m, T> {
    /// What they want.
    pub prize: T,
    /// Who wants it.
    pub rivals: Vec<&'m Object>,
}

impl<'m, T> Contest<'m, T> {
    /// One of the others.
    pub fn other(&self, than: &Object) -> &'m Object {
        if self.rivals[0].id == than.id { self.rivals[1] } else { self.rivals[0] }
    }
}

impl Cluster {
    /// The pods that several objects of a kind choose by labels, each within its own namespace.
    pub fn contested_pods<'m>(
        &'m self,
        sort: Sort,
        labels: fn(&'m Object) -> &'m [Entry],
    ) -> Vec<Contest<'m, Workload<'m>>> {
        let mut of_pod: BTreeMap<usize, Vec<&Object>> = BTreeMap::new();
        for object in self.of(sort) {
            let labels = labels(object);
            if !labels.is_empty() {
                for workload in self.pods(Some(object.namespace()), labels) {
                    of_pod.entry(workload.object.id).or_default().push(object);
                }
            }
        }
        let contests = of_pod.into_iter().filter(|it| it.1.len() > 1);
        contests
            .filter_map(|(id, rivals)| Some(Contest { prize: Workload::of(self.object(id))?, rivals }))
            .collect()
    }

    /// The namespaces in which several objects of a kind are for all of it.
    pub fn contested_namespaces(&self, sort: Sort, is_wide: fn(&Object) -> bool) -> Vec<Contest<'_, &str>> {
        let mut of_namespace: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
        for object in self.of(sort).filter(|it| is_wide(it)) {
            of_namespace.entry(object.namespace()).or_default().push(object);
        }
        let contests = of_namespace.into_iter().filter(|it| it.1.len() > 1);
        contests.map(|(prize, rivals)| Contest { prize, rivals }).collect()
    }
}
