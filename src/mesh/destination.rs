//! Where a route leads: the Service or ServiceEntry behind the host of a destination, as istioctl's analyzers look for it.
//!
//! Source: `GetDestinationHost` and `InitServiceEntryHostMap` of `pkg/config/analysis/analyzers/util`.

use crate::kube::Sort;
use crate::mesh::host::fqdn;
use crate::mesh::object::DEFAULT_NAMESPACE;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

/// A port that a Service or a ServiceEntry has.
#[derive(Clone, Copy, Debug)]
pub struct Port<'m> {
    /// Its number.
    pub number: i64,
    /// What the document says of it.
    pub node: &'m Node,
}

impl Cluster {
    /// What declares the host that an object names: exactly, or by a wildcard; the last written counts.
    ///
    /// `export_to` is that of the object: whoever sees the object has to see the host, too.
    pub fn destination(&self, host: &str, namespace: &str, export_to: &[Node]) -> Option<&Object> {
        let full = fqdn(host, namespace, &self.config.cluster_domain);
        let own = |it: &Object| self.is_visible(it, namespace);
        let reached = |it: &Object| {
            let mut scopes = export_to.iter().filter_map(|it| it.text()).map(Str::as_str);
            self.is_visible(it, "*")
                || (export_to.is_empty() && own(it))
                || scopes.any(|scope| self.is_visible(it, if scope == "." { namespace } else { scope }))
        };
        let exact = self.registry().exactly(&full).iter().rev().map(|it| self.object(*it));
        let mut wild = self.registry().by_wildcards(host).map(|it| self.object(it));
        exact.into_iter().find(|it| reached(it)).or_else(|| wild.find(|it| own(it)))
    }

    /// Whether the manifests say what is where a host is: Services of its namespace, or hosts beyond the cluster.
    pub fn describes(&self, host: &str, namespace: &str) -> bool {
        let full = fqdn(host, namespace, &self.config.cluster_domain);
        match in_cluster(&full, &self.config.cluster_domain) {
            Some((_, namespace)) => self.registry().has_services_in(namespace),
            None => self.of(Sort::ServiceEntry).next().is_some(),
        }
    }
}

/// The name and the namespace of a Service, of its full name.
pub fn in_cluster<'h>(host: &'h str, cluster_domain: &str) -> Option<(&'h str, &'h str)> {
    let (name, namespace) =
        host.strip_suffix(cluster_domain)?.strip_suffix('.')?.strip_suffix(".svc")?.rsplit_once('.')?;
    (!name.is_empty() && !namespace.is_empty()).then_some((name, namespace))
}

/// The Service that a partial name of a host means, `reviews.shop` or `reviews.shop.svc`: nobody completes those.
pub fn meant<'m>(cluster: &'m Cluster, host: &str) -> Option<&'m Object> {
    let host = host.strip_suffix(".svc").unwrap_or(host);
    let (name, namespace) = host.split_once('.').filter(|it| !it.1.contains('.'))?;
    let full = format!("{name}.{namespace}.svc.{}", cluster.config.cluster_domain);
    cluster.declaring(&full, namespace).find(|it| it.is(Sort::Service))
}

/// The ports of a Service or a ServiceEntry.
pub fn ports(object: &Object) -> impl Iterator<Item = Port<'_>> {
    let key = if object.is(Sort::Service) { "port" } else { "number" };
    let ports = object.spec().list("ports").iter();
    ports.filter_map(move |node| Some(Port { number: node.whole(key)?, node }))
}

/// Namespaces that are there whoever writes the manifests: those of Kubernetes and of Istio's control plane.
const ALWAYS: [&str; 4] = [DEFAULT_NAMESPACE, "kube-system", "kube-public", "istio-system"];

/// The namespaces that the manifests know of: those that they make, those that something is in, and those of the platform.
pub fn namespaces(cluster: &Cluster) -> std::collections::BTreeSet<&str> {
    let made = cluster.of(Sort::Namespace).map(|it| it.name.as_str());
    let used = cluster.objects().iter().filter_map(|it| it.written_namespace.as_ref()).map(|it| it.as_str());
    made.chain(used).chain(ALWAYS).chain([cluster.config.root_namespace()]).collect()
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;
    use crate::mesh::destination::{in_cluster, meant, namespaces};

    #[test]
    fn full_names_are_taken_apart() {
        assert_eq!(in_cluster("a.b.svc.cluster.local", "cluster.local"), Some(("a", "b")));
        assert_eq!(in_cluster("a.b.svc", "cluster.local"), None);
        assert_eq!(in_cluster("b.svc.cluster.local", "cluster.local"), None);
    }

    #[test]
    fn a_host_is_found_where_it_can_be_seen() {
        let cluster = Cluster::parse("
{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: x, annotations: { networking.istio.io/exportTo: . } } }
---
{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: e, namespace: y }, spec: { hosts: [\"*.com\"] } }
");
        let finds = |host: &str, namespace: &str| cluster.destination(host, namespace, &[]).is_some();
        assert!(finds("a", "x") && !finds("a", "y") && !finds("a.x.svc.cluster.local", "y"));
        assert!(finds("b.com", "x") && !finds("b.org", "x"));
        assert!(
            cluster.describes("b", "x") && !cluster.describes("b", "y") && cluster.describes("b.org", "y")
        );
        assert!(meant(&cluster, "a.x.svc").is_some() && meant(&cluster, "b.x").is_none());
        assert_eq!(
            namespaces(&cluster).into_iter().collect::<Vec<_>>(),
            ["default", "istio-system", "kube-public", "kube-system", "x", "y"]
        );
    }
}
