//! The ports of pods, and what ports of Services lead to.

use crate::mesh::{Cluster, Workload};

/// The first of some workloads if none of them has a port, and the files would say if one had.
pub fn lack<'m>(chosen: &[Workload<'m>], number: u16, cluster: &Cluster) -> Option<Workload<'m>> {
    let first = chosen.first().copied()?;
    let is_unknown = |it: &Workload<'_>| {
        let targets = targets(*it, cluster);
        it.listed_ports().contains(&number)
            || targets.iter().any(|(_, target)| *target == number)
            || (it.listed_ports().is_empty() && targets.is_empty())
    };
    (!chosen.iter().any(is_unknown)).then_some(first)
}

/// The port of the pods that a port of a Service leads to.
pub fn meant(workload: Workload<'_>, number: u16, cluster: &Cluster) -> Option<u16> {
    targets(workload, cluster).into_iter().find(|it| it.0 == number).map(|it| it.1)
}

/// The ports of the Services over a workload, each with the port of the pods that it leads to.
fn targets(workload: Workload<'_>, cluster: &Cluster) -> Vec<(u16, u16)> {
    let ports = cluster.services_over(workload).flat_map(|it| it.spec().list("ports"));
    let pair = |port| {
        let number = crate::yaml::Node::whole(port, "port").and_then(|it| u16::try_from(it).ok())?;
        Some((number, workload.target_of(port)?))
    };
    ports.filter_map(pair).collect()
}
