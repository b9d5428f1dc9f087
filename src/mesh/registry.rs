//! The hosts that a mesh knows: those of Services and of ServiceEntries, found by name.

use std::collections::{BTreeMap, BTreeSet};

use ecow::eco_format;

use crate::kube::Sort;
use crate::mesh::host::is_wildcard;
use crate::mesh::{Cluster, Object};
use crate::source::Str;

/// Hosts by name, and the places of the objects that declare them.
#[derive(Debug, Default)]
pub struct Registry {
    exact: BTreeMap<Str, Vec<usize>>,
    /// By what follows the `*`.
    wild: BTreeMap<Str, Vec<usize>>,
    /// The namespaces that have Services.
    with_services: BTreeSet<Str>,
}

impl Registry {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut this = Self::default();
        for service in cluster.of(Sort::Service) {
            this.exact.entry(cluster.host_of(service)).or_default().push(service.id);
            if !this.with_services.contains(service.namespace()) {
                this.with_services.insert(service.namespace().into());
            }
        }
        for entry in cluster.of(Sort::ServiceEntry) {
            for host in entry.spec().list("hosts").iter().filter_map(|it| it.text()) {
                let (place, key) = match host.strip_prefix('*') {
                    Some(rest) => (&mut this.wild, Str::from(rest)),
                    None => (&mut this.exact, host.clone()),
                };
                place.entry(key).or_default().push(entry.id);
            }
        }
        this
    }

    /// The objects that declare exactly this host.
    pub(super) fn exactly(&self, host: &str) -> &[usize] {
        match host.strip_prefix('*') {
            Some(suffix) => self.wild.get(suffix).map_or(&[][..], Vec::as_slice),
            None => self.exact.get(host).map_or(&[][..], Vec::as_slice),
        }
    }

    /// The objects whose wildcards cover a host, the longest first.
    pub(super) fn by_wildcards(&self, host: &str) -> impl Iterator<Item = usize> {
        let host = host.strip_prefix('*').unwrap_or(host);
        let starts = if self.wild.is_empty() { 0..0 } else { 0..host.len() + 1 };
        let found: Vec<&[usize]> =
            starts.filter_map(|at| Some(self.wild.get(host.get(at..)?)?.as_slice())).collect();
        found.into_iter().flatten().copied()
    }

    /// Whether a namespace has Services.
    pub(super) fn has_services_in(&self, namespace: &str) -> bool {
        self.with_services.contains(namespace)
    }

    /// Of a name the objects that declare exactly it, otherwise those of the longest wildcard that covers it.
    fn find(&self, host: &str) -> &[usize] {
        if let Some(suffix) = host.strip_prefix('*') {
            return self.covering(suffix);
        }
        self.exact.get(host).map_or_else(|| self.covering(host), Vec::as_slice)
    }

    fn covering(&self, host: &str) -> &[usize] {
        if self.wild.is_empty() {
            return &[];
        }
        let starts = host.char_indices().map(|(at, _)| at).chain([host.len()]);
        starts.into_iter().find_map(|at| self.wild.get(&host[at..])).map_or(&[], Vec::as_slice)
    }
}

impl Cluster {
    /// The full host name of a Service.
    pub fn host_of(&self, service: &Object) -> Str {
        eco_format!("{}.{}.svc.{}", service.name, service.namespace(), self.config.cluster_domain)
    }

    /// The Services and ServiceEntries that declare a host (its full name) and that `namespace` sees.
    pub fn declaring(&self, host: &str, namespace: &str) -> impl Iterator<Item = &Object> {
        let found = self.registry().find(host).iter().map(|it| self.object(*it));
        found.filter(move |it| self.is_visible(it, namespace))
    }

    /// Whether anybody declares a host, visible to `namespace`; what was declared to live elsewhere counts.
    pub fn knows_host(&self, host: &str, namespace: &str) -> bool {
        self.declaring(host, namespace).next().is_some() || self.is_elsewhere(host)
    }

    /// Whether an object is exported to a namespace.
    pub fn is_visible(&self, object: &Object, namespace: &str) -> bool {
        let own = object.namespace();
        let fits = |it: &str| it == "*" || it == namespace || (it == "." && own == namespace);
        if let Some(said) = object.annotation("networking.istio.io/exportTo") {
            return said.split(',').any(|it| fits(it.trim()));
        }
        let said = object.spec().list("exportTo");
        let key = match object.sort {
            Some(Sort::VirtualService) => "defaultVirtualServiceExportTo",
            Some(Sort::DestinationRule) => "defaultDestinationRuleExportTo",
            _ => "defaultServiceExportTo",
        };
        let said = if said.is_empty() { self.config.default_export(key) } else { said };
        said.is_empty() || said.iter().filter_map(|it| it.text()).any(|it| fits(it))
    }

    /// Whether an object of a namespace was declared to live elsewhere.
    pub fn is_declared(&self, namespace: &str, name: &str) -> bool {
        self.externals.iter().any(|it| it.name == name && it.namespace.as_deref() == Some(namespace))
    }

    /// Whether the name of a host stands for one that was declared to live elsewhere.
    pub fn is_elsewhere(&self, host: &str) -> bool {
        self.externals.iter().any(|it| {
            let mut labels = host.split('.');
            let (name, namespace) = (labels.next(), labels.next());
            it.name == host || (name == Some(it.name.as_str()) && it.namespace.as_deref() == namespace)
        }) && !is_wildcard(host)
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;

    const MESH: &str = "
{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: shop } }
---
{ apiVersion: v1, kind: Service, metadata: { name: b, namespace: shop, annotations: { networking.istio.io/exportTo: . } } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: c, namespace: shop }
spec: { hosts: [\"*.example.com\", x.example.com, \"*.deep.example.com\"], exportTo: [shop, bar] }
";

    fn knows(host: &str, namespace: &str) -> bool {
        Cluster::parse(MESH).knows_host(host, namespace)
    }

    #[test]
    fn hosts_are_found_by_name_and_by_the_longest_wildcard() {
        assert!(knows("a.shop.svc.cluster.local", "bar"));
        assert!(!knows("a.bar.svc.cluster.local", "bar"));
        assert!(knows("y.example.com", "shop") && knows("z.deep.example.com", "shop"));
        assert!(!knows("example.com", "shop"));
    }

    #[test]
    fn what_is_not_exported_to_a_namespace_is_not_known_there() {
        assert!(knows("b.shop.svc.cluster.local", "shop") && !knows("b.shop.svc.cluster.local", "bar"));
        assert!(knows("x.example.com", "bar") && !knows("x.example.com", "foo"));
    }
}
