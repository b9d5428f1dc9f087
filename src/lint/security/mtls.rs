//! What PeerAuthentications and wide DestinationRules say together of mutual TLS in a namespace.
//!
//! Source: Kiali's `util/mtls/status.go`. It asks what most calls will be, from the objects for whole namespaces and for
//! the mesh; which mode holds at one port of one workload is a question to [`Cluster::mode_at`].

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::choice::are_among;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Entry;

/// Whether calls are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They are.
    On,
    /// They are not.
    Off,
    /// Objects say only half of it, or contradict each other.
    Mixed,
    /// Nothing says anything.
    Unsaid,
}

/// The words of one scope: what its servers take, and what its clients send. Empty where nobody says it.
#[derive(Clone, Copy, Debug, Default)]
struct Words<'m> {
    servers: &'m str,
    clients: &'m str,
}

impl Words<'_> {
    fn status(self, auto: bool, permissive_counts: bool) -> Status {
        let follows = self.clients.is_empty() && auto;
        let sends = matches!(self.clients, "ISTIO_MUTUAL" | "MUTUAL") || follows;
        let takes = self.servers == "STRICT" || (permissive_counts && self.servers == "PERMISSIVE");
        if takes && sends {
            return Status::On;
        }
        if self.servers == "DISABLE" && (self.clients == "DISABLE" || follows) {
            return Status::Off;
        }
        if self.servers.is_empty() && self.clients.is_empty() { Status::Unsaid } else { Status::Mixed }
    }

    /// The status of the mesh, where half of it can be enough.
    fn overall(self, auto: bool, permissive_counts: bool) -> Status {
        let status = self.status(auto, permissive_counts);
        let half = match (self.servers, self.clients) {
            ("DISABLE", "") | ("", "DISABLE") => Some(Status::Off),
            ("STRICT", "") | ("", "ISTIO_MUTUAL" | "MUTUAL") if auto => Some(Status::On),
            ("PERMISSIVE", "") if auto && permissive_counts => Some(Status::On),
            _ => None,
        };
        if matches!(status, Status::On | Status::Off | Status::Unsaid) {
            status
        } else {
            half.unwrap_or(status)
        }
    }
}

/// The mode that a PeerAuthentication says.
pub fn mode(policy: &Object) -> &str {
    policy
        .spec()
        .at(&["mtls"])
        .map_or("", |it| if it.is_null() { "" } else { it.word("mode").map_or("UNSET", Str::as_str) })
}

/// The mode of TLS that a DestinationRule says for all that it is about.
pub fn tls_mode(rule: &Object) -> &str {
    let tls = rule.spec().get("trafficPolicy").and_then(|it| it.entry("tls"));
    tls.map_or("", |it| it.value.word("mode").map_or("DISABLE", Str::as_str))
}

/// The host that a DestinationRule for all of a namespace is about.
pub fn host_of_namespace(namespace: &str, cluster: &Cluster) -> String {
    format!("*.{namespace}.svc.{}", cluster.config.cluster_domain)
}

/// The host that a DestinationRule for all of the mesh is about.
pub const HOST_OF_MESH: &str = "*.local";

/// DestinationRules by what they are for.
#[derive(Debug)]
pub struct Wide<'m> {
    cluster: &'m Cluster,
    /// Those for all of a namespace or of the mesh, in the order read.
    pub rules: Vec<&'m Object>,
    /// What is said for all of each namespace.
    servers: BTreeMap<&'m str, &'m str>,
    /// By host, the modes that DestinationRules say for it.
    clients: BTreeMap<Str, &'m str>,
    /// By key and value of a label, the Services whose selector asks for it.
    services: BTreeMap<&'m str, BTreeMap<&'m str, Vec<&'m Object>>>,
}

impl<'m> Wide<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        let is_wide = |it: &&Object| it.spec().word("host").is_some_and(|it| it.starts_with("*."));
        let rules = cluster.of(Sort::DestinationRule).filter(is_wide).collect();
        let (mut servers, mut clients) = (BTreeMap::new(), BTreeMap::new());
        for policy in cluster.of(Sort::PeerAuthentication) {
            if !policy.spec().has("selector") && !mode(policy).is_empty() {
                servers.entry(policy.namespace()).or_insert_with(|| mode(policy));
            }
        }
        for rule in cluster.of(Sort::DestinationRule) {
            let host =
                rule.spec().word("host").map(|it| fqdn(it, rule.namespace(), &cluster.config.cluster_domain));
            if let Some(host) =
                host.filter(|_| matches!(tls_mode(rule), "ISTIO_MUTUAL" | "MUTUAL" | "DISABLE"))
            {
                clients.entry(host).or_insert_with(|| tls_mode(rule));
            }
        }
        let mut services: BTreeMap<&str, BTreeMap<&str, Vec<&Object>>> = BTreeMap::new();
        for service in cluster.of(Sort::Service) {
            for label in service.spec().pairs("selector") {
                let value = label.value.text().map_or("", Str::as_str);
                services.entry(label.key.as_str()).or_default().entry(value).or_default().push(service);
            }
        }
        Self { cluster, rules, servers, clients, services }
    }

    /// Those about exactly a host that say a mode, with it.
    pub fn about<'s>(&'s self, host: &'s str) -> impl Iterator<Item = (&'m Object, &'m str)> {
        let found =
            self.rules.iter().copied().filter(move |it| it.spec().word("host").is_some_and(|it| it == host));
        found.map(|it| (it, tls_mode(it))).filter(|it| !it.1.is_empty())
    }

    fn words(&self, namespace: &str, host: &str) -> Words<'m> {
        let servers = self.servers.get(namespace).copied();
        let clients = self.about(host).map(|it| it.1).next();
        Words { servers: servers.unwrap_or_default(), clients: clients.unwrap_or_default() }
    }

    /// Whether calls to a namespace are encrypted, as far as objects for all of it and for the mesh say.
    pub fn status(&self, namespace: &str) -> Status {
        let auto = self.cluster.config.auto_mtls();
        let own = self.words(namespace, &host_of_namespace(namespace, self.cluster));
        let mesh = self.words(self.cluster.config.root_namespace(), HOST_OF_MESH);
        let status = match own.status(auto, true) {
            Status::Mixed => {
                let or = |own, mesh| if str::is_empty(own) { mesh } else { own };
                let servers = or(own.servers, mesh.servers);
                let clients = or(own.clients, mesh.clients);
                Words { servers, clients }.overall(auto, false)
            }
            Status::Unsaid => mesh.overall(auto, true),
            said => said,
        };
        // Proxies that nobody tells otherwise choose mutual TLS by themselves.
        if status == Status::Unsaid && auto { Status::On } else { status }
    }

    /// Whether calls to the workloads with some labels are encrypted.
    pub fn status_of(&self, namespace: &str, labels: &[Entry]) -> Status {
        let mut choosing: Vec<&Object> = self.cluster.choosing(namespace, labels).collect();
        choosing.sort_by_key(|it| it.seniority());
        for policy in choosing {
            let selected = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
            match mode(policy) {
                "STRICT" => return Status::On,
                "DISABLE" => return Status::Off,
                "PERMISSIVE" => {
                    return match self.client_of(namespace, selected) {
                        Some("ISTIO_MUTUAL" | "MUTUAL") => Status::On,
                        Some("DISABLE") => Status::Off,
                        _ => self.status(namespace),
                    };
                }
                _ => {}
            }
        }
        self.status(namespace)
    }

    /// The Services whose selector asks for a label.
    fn selecting(&self, label: &Entry) -> &[&'m Object] {
        let value = label.value.text().map_or("", Str::as_str);
        let of_key = self.services.get(label.key.as_str());
        of_key.and_then(|it| it.get(value)).map_or(&[], Vec::as_slice)
    }

    /// What DestinationRules for the Services over some workloads say.
    fn client_of(&self, namespace: &str, labels: &[Entry]) -> Option<&'m str> {
        let domain = &self.cluster.config.cluster_domain;
        let near = labels.iter().map(|it| self.selecting(it)).min_by_key(|it| it.len()).unwrap_or_default();
        near.iter().find_map(|service| {
            // A document without namespace goes where whoever applies it says.
            let is_near = service.written_namespace.is_none() || service.namespace() == namespace;
            let fits = is_near && are_among(labels, service.spec().pairs("selector"));
            self.clients.get(&fqdn(&service.name, namespace, domain)).copied().filter(|_| fits)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Status, Words};

    #[test]
    fn both_sides_have_to_agree() {
        let status = |servers, clients, auto| Words { servers, clients }.status(auto, true);
        assert_eq!(status("STRICT", "", true), Status::On);
        assert_eq!(status("STRICT", "", false), Status::Mixed);
        assert_eq!(status("STRICT", "DISABLE", true), Status::Mixed);
        assert_eq!(status("DISABLE", "DISABLE", false), Status::Off);
        assert_eq!(status("", "", true), Status::Unsaid);
        assert_eq!(status("PERMISSIVE", "ISTIO_MUTUAL", false), Status::On);
    }

    #[test]
    fn of_a_mesh_half_can_be_enough() {
        assert_eq!(Words { servers: "", clients: "ISTIO_MUTUAL" }.overall(true, true), Status::On);
        assert_eq!(Words { servers: "", clients: "ISTIO_MUTUAL" }.overall(false, true), Status::Mixed);
        assert_eq!(Words { servers: "", clients: "DISABLE" }.overall(true, true), Status::Off);
    }
}
