//! `DestinationRule`s by the host that they are for.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::Str;

/// The `DestinationRule`s of each namespace and host, in the order read.
pub fn by_host(cluster: &Cluster) -> BTreeMap<(&str, Str), Vec<&Object>> {
    let mut found: BTreeMap<(&str, Str), Vec<&Object>> = BTreeMap::new();
    for rule in cluster.of(Sort::DestinationRule) {
        if let Some(host) = rule.spec().word("host") {
            let host = fqdn(host, rule.namespace(), &cluster.config.cluster_domain);
            found.entry((rule.namespace(), host)).or_default().push(rule);
        }
    }
    found
}

/// The names of the subsets of a DestinationRule.
pub fn subset_names(rule: &Object) -> Vec<&str> {
    rule.spec().list("subsets").iter().filter_map(|it| it.word("name")).map(Str::as_str).collect()
}
