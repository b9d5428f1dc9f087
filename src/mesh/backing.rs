//! Which Services stand over which workloads.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::{Cluster, Object, Workload};

/// So many workloads of one Service are looked at: where every Service is over every workload, all pairs would be
/// more than anybody can read.
pub const MOST_BEHIND: usize = 200;

/// The Services over each workload, by the workload's `id`.
#[derive(Debug, Default)]
pub struct Backing(BTreeMap<usize, Vec<usize>>);

impl Backing {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut this = Self::default();
        for service in cluster.of(Sort::Service) {
            for workload in cluster.behind(service).take(MOST_BEHIND) {
                this.0.entry(workload.object.id).or_default().push(service.id);
            }
        }
        this
    }
}

impl Cluster {
    /// The workloads of its namespace whose pods a Service selects; without selector, none.
    pub fn behind<'m>(&'m self, service: &'m Object) -> impl Iterator<Item = Workload<'m>> {
        let selector = service.spec().pairs("selector");
        let found = self.selected(Some(service.namespace()), selector);
        found.filter(move |_| !selector.is_empty())
    }

    /// The Services that select the pods of a workload, in the order read.
    pub fn services_over(&self, workload: Workload<'_>) -> impl Iterator<Item = &Object> {
        let found = self.backing().0.get(&workload.object.id);
        found.map_or(&[][..], Vec::as_slice).iter().map(|it| self.object(*it))
    }
}
