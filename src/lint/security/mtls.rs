//! What PeerAuthentications and wide DestinationRules say together of mutual TLS in a namespace.
//!
//! Source: Kiali's `util/mtls/status.go`. It asks what most calls will be, from the objects for whole namespaces and for
//! the mesh; which mode holds at one port of one workload is a question to [`Cluster::mode_at`].

use crate::kube::Sort;
use crate::mesh::authentication::is_wide;
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::{Entry, Node};

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
}

impl<'m> Wide<'m> {
    /// Those of a cluster.
    pub fn of(cluster: &'m Cluster) -> Self {
        let is_wide = |it: &&Object| it.spec().word("host").is_some_and(|it| it.starts_with("*."));
        Self { cluster, rules: cluster.of(Sort::DestinationRule).filter(is_wide).collect() }
    }

    /// Those about exactly a host that say a mode, with it.
    pub fn about<'s>(&'s self, host: &'s str) -> impl Iterator<Item = (&'m Object, &'m str)> {
        let found =
            self.rules.iter().copied().filter(move |it| it.spec().word("host").is_some_and(|it| it == host));
        found.map(|it| (it, tls_mode(it))).filter(|it| !it.1.is_empty())
    }

    fn words(&self, namespace: &str, host: &str) -> Words<'m> {
        let wide = self.cluster.of(Sort::PeerAuthentication).filter(|it| it.namespace() == namespace);
        let servers = wide.filter(|it| !it.spec().has("selector")).map(mode).find(|it| !it.is_empty());
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
        let carried = |it: &Entry| {
            let same =
                |other: &Entry| other.key.value == it.key.value && other.value.text() == it.value.text();
            labels.iter().any(same)
        };
        for policy in self.cluster.peer_authentications(namespace).filter(|it| !is_wide(it)) {
            let selected = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
            if !selected.iter().all(carried) {
                continue;
            }
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

    /// What DestinationRules for the Services over some workloads say.
    fn client_of(&self, namespace: &str, labels: &[Entry]) -> Option<&'m str> {
        let domain = &self.cluster.config.cluster_domain;
        let selects = |service: &&Object| {
            let selector = service.spec().get("selector");
            let has =
                |it: &Entry| selector.and_then(|s| s.get(&it.key)).and_then(Node::text) == it.value.text();
            // A document without namespace goes where whoever applies it says.
            let is_near = service.written_namespace.is_none() || service.namespace() == namespace;
            is_near && labels.iter().all(has)
        };
        let services = self.cluster.of(Sort::Service).filter(selects);
        let hosts: Vec<Str> = services.map(|it| fqdn(&it.name, namespace, domain)).collect();
        let rules = self.cluster.of(Sort::DestinationRule).filter(|rule| {
            let host = rule.spec().word("host").map(|it| fqdn(it, rule.namespace(), domain));
            host.is_some_and(|it| hosts.contains(&it))
        });
        rules.map(tls_mode).find(|it| matches!(*it, "ISTIO_MUTUAL" | "MUTUAL" | "DISABLE"))
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
