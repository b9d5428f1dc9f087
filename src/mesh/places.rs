//! The namespaces that files know.

use std::collections::BTreeSet;

use crate::kube::Sort;
use crate::mesh::Cluster;

/// Namespaces of every cluster with Istio.
const GIVEN: [&str; 5] = ["default", "kube-system", "kube-public", "kube-node-lease", "istio-system"];

/// The namespaces there are, if the files say so by having any: those that are declared, and those that have objects.
pub fn known(cluster: &Cluster) -> Option<BTreeSet<&str>> {
    cluster.of(Sort::Namespace).next()?;
    let declared = cluster.of(Sort::Namespace).map(|it| it.name.as_str());
    let used = cluster.objects().iter().filter_map(|it| it.written_namespace.as_ref()).map(|it| it.as_str());
    let elsewhere = cluster.externals.iter().filter_map(|it| it.namespace.as_deref());
    let root = cluster.config.root_namespace();
    Some(declared.chain(used).chain(elsewhere).chain(GIVEN).chain([root]).collect())
}
