//! Hosts as Kiali reads them: it completes `reviews.shop` and `reviews.shop.svc`, which Istio does not.
//!
//! Source: `GetHost` of Kiali's `kubernetes/host.go`.

use std::collections::BTreeSet;

use crate::mesh::Cluster;
use crate::mesh::destination::namespaces;
use crate::mesh::host::fqdn;

/// The namespaces that the manifests know of.
pub struct Namespaces<'m>(BTreeSet<&'m str>);

impl<'m> Namespaces<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        Self(namespaces(cluster))
    }
}

/// The full name of a host that an object of `namespace` names.
pub fn resolved(cluster: &Cluster, known: &Namespaces<'_>, host: &str, namespace: &str) -> String {
    let domain = &cluster.config.cluster_domain;
    let parts: Vec<&str> = host.split('.').collect();
    match parts[..] {
        [name, own] if own == namespace || known.0.contains(own) => format!("{name}.{own}.svc.{domain}"),
        [name, own, "svc"] => format!("{name}.{own}.svc.{domain}"),
        _ => fqdn(host, namespace, domain).to_string(),
    }
}
