//! Who there is: the identities of the workloads and service accounts of a mesh.

use std::collections::BTreeSet;

use crate::kube::Sort;
use crate::mesh::Cluster;
use crate::source::Str;
use crate::yaml::Node;

/// Every identity that the files know of, as `cluster.local/ns/shop/sa/hello`.
#[derive(Debug)]
pub struct Identities {
    names: BTreeSet<String>,
    backwards: BTreeSet<String>,
    namespaces: BTreeSet<Str>,
}

impl Identities {
    /// Those of a cluster, by each name of its trust domain.
    pub fn of(cluster: &Cluster) -> Self {
        let mut accounts: BTreeSet<(Str, Str)> = BTreeSet::new();
        for account in cluster.of(Sort::ServiceAccount) {
            accounts.insert((account.namespace().into(), account.name.value.clone()));
        }
        for workload in cluster.workloads() {
            accounts.insert((workload.object.namespace().into(), workload.service_account().into()));
        }
        let mut names = BTreeSet::new();
        for domain in domains(cluster) {
            names.extend(
                accounts.iter().map(|(namespace, name)| format!("{domain}/ns/{namespace}/sa/{name}")),
            );
        }
        let backwards = names.iter().map(|it| it.chars().rev().collect()).collect();
        Self { names, backwards, namespaces: accounts.into_iter().map(|it| it.0).collect() }
    }

    /// Whether a pattern, with a `*` at one end, fits one of them; `*` alone fits whoever comes.
    pub fn fits(&self, pattern: &str) -> bool {
        let begins = |set: &BTreeSet<String>, start: &str| {
            set.range(start.to_owned()..).next().is_some_and(|it| it.starts_with(start))
        };
        if pattern == "*" {
            return true;
        }
        if let Some(end) = pattern.strip_prefix('*') {
            return begins(&self.backwards, &end.chars().rev().collect::<String>());
        }
        match pattern.strip_suffix('*') {
            Some(start) => begins(&self.names, start),
            None => self.names.contains(pattern),
        }
    }

    /// Whether the files say who is in a namespace.
    pub fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.contains(name)
    }

    /// Those of the same namespace as an identity.
    pub fn beside<'i>(&'i self, principal: &'i str) -> impl Iterator<Item = &'i str> {
        let start = principal.rfind('/').map_or(principal, |at| &principal[..=at]);
        let found = self.names.range(start.to_owned()..).map(String::as_str);
        found.take_while(move |it| it.starts_with(start))
    }
}

/// The trust domain of the mesh and its aliases. `cluster.local` stands for it in every policy.
pub fn domains(cluster: &Cluster) -> BTreeSet<&str> {
    let aliases = cluster.config.node.list("trustDomainAliases").iter().filter_map(Node::text);
    let mut all: BTreeSet<&str> = aliases.map(Str::as_str).collect();
    all.extend([cluster.config.trust_domain(), "cluster.local"]);
    all
}

/// Whether an identity, which no `*` leaves open, is of another trust domain.
pub fn is_foreign(principal: &str, cluster: &Cluster) -> bool {
    let domain = principal.split_once("/ns/").map(|it| it.0);
    domain.is_some_and(|it| !it.is_empty() && !principal.contains('*') && !domains(cluster).contains(it))
}

/// The namespace of an identity, if it names one.
pub fn namespace(principal: &str) -> Option<&str> {
    let (namespace, _) = principal.split_once("/ns/")?.1.split_once('/')?;
    Some(namespace).filter(|it| !it.contains('*'))
}

#[cfg(test)]
mod tests {
    use super::{Identities, namespace};
    use crate::mesh::Cluster;

    #[test]
    fn a_pattern_fits_at_its_open_end() {
        let text = "{ apiVersion: v1, kind: ServiceAccount, metadata: { name: front, namespace: web } }";
        let identities = Identities::of(&Cluster::parse(text));
        for pattern in ["*", "cluster.local/ns/web/*", "*/sa/front", "cluster.local/ns/web/sa/front"] {
            assert!(identities.fits(pattern), "{pattern}");
        }
        for pattern in ["cluster.local/ns/wob/*", "*/sa/fron", "cluster.local/ns/web/sa/fron", "web"] {
            assert!(!identities.fits(pattern), "{pattern}");
        }
        assert_eq!(namespace("a/ns/web/sa/x"), Some("web"));
        assert_eq!(namespace("a/ns/*"), None);
    }
}
