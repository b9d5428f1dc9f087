//! The subsets that `DestinationRule`s define, by the two ways in which tools look for them.

use std::collections::{BTreeMap, BTreeSet};

use crate::kube::Sort;
use crate::lint::traffic::short_host::{Namespaces, resolved};
use crate::mesh::destination::in_cluster;
use crate::mesh::hosts::Hosts;
use crate::mesh::{Cluster, Object};
use crate::source::Str;

/// A host as istioctl's analyzers compare it: a namespace and a name.
type Key<'m> = (&'m str, &'m str);

/// Every subset of every DestinationRule.
pub struct Subsets<'m> {
    cluster: &'m Cluster,
    namespaces: Namespaces<'m>,
    by_key: BTreeMap<Key<'m>, BTreeSet<&'m str>>,
    by_host: Hosts<BTreeSet<&'m str>>,
}

impl<'m> Subsets<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        let namespaces = Namespaces::of(cluster);
        let mut by_key: BTreeMap<Key<'m>, BTreeSet<&'m str>> = BTreeMap::new();
        let mut by_name: BTreeMap<String, BTreeSet<&'m str>> = BTreeMap::new();
        for rule in cluster.of(Sort::DestinationRule) {
            let Some(host) = rule.spec().word("host") else { continue };
            let names =
                || rule.spec().list("subsets").iter().filter_map(|it| it.word("name")).map(Str::as_str);
            by_key.entry(key(cluster, rule.namespace(), host)).or_default().extend(names());
            by_name
                .entry(resolved(cluster, &namespaces, host, rule.namespace()))
                .or_default()
                .extend(names());
        }
        let mut by_host = Hosts::default();
        for (host, names) in by_name {
            by_host.insert(&host, names);
        }
        Self { cluster, namespaces, by_key, by_host }
    }

    /// Whether some DestinationRule defines a subset of exactly this host.
    pub fn defines(&self, object: &Object, host: &str, subset: &str) -> bool {
        self.names(object, host).any(|it| it == subset)
    }

    /// The subsets of exactly this host.
    pub fn names(&self, object: &Object, host: &str) -> impl Iterator<Item = &'m str> {
        let namespace = object.namespace().to_owned();
        let key = key(self.cluster, &namespace, host);
        self.by_key.get(&key).into_iter().flatten().copied().collect::<Vec<_>>().into_iter()
    }

    /// Whether one does for a host that covers this one, or in a shorter spelling.
    pub fn covers(&self, object: &Object, host: &str, subset: &str) -> bool {
        let host = resolved(self.cluster, &self.namespaces, host, object.namespace());
        self.by_host.covering(&host).any(|it| it.1.contains(subset))
    }
}

fn key<'k>(cluster: &Cluster, namespace: &'k str, host: &'k str) -> Key<'k> {
    in_cluster(host, &cluster.config.cluster_domain)
        .map_or((namespace, host), |(name, namespace)| (namespace, name))
}
