//! What must be encrypted: of the rules about a workload the nearest counts.

use crate::graph::facts::workload::{Service, Workload};
use crate::graph::facts::{Facts, Labels, Object, has_all, pairs, text};
use crate::graph::model::Security;
use crate::yaml::Node;

/// A PeerAuthentication.
pub struct PeerRule<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// The labels of its pods; empty for all of the namespace.
    pub selector: Labels<'a>,
    mode: Option<Security>,
    ports: Vec<(&'a str, Option<Security>)>,
}

impl<'a> PeerRule<'a> {
    /// Reads a PeerAuthentication.
    pub fn read(object: &'a Object) -> Self {
        let ports = object.spec(&["portLevelMtls"]).map_or(&[][..], Node::entries);
        Self {
            namespace: &object.namespace,
            selector: pairs(&object.node, &["spec", "selector", "matchLabels"]),
            mode: mode(text(&object.node, &["spec", "mtls", "mode"])),
            ports: ports.iter().map(|it| (it.key.as_str(), mode(text(&it.value, &["mode"])))).collect(),
        }
    }
}

fn mode(word: &str) -> Option<Security> {
    match word {
        "STRICT" => Some(Security::Strict),
        "PERMISSIVE" => Some(Security::Permissive),
        "DISABLE" => Some(Security::Disabled),
        _ => None,
    }
}

impl Facts<'_> {
    /// The weakest protection that any port of any version of a service has; `None` if nothing runs behind it.
    pub fn security(&self, service: &Service<'_>, root: &str) -> Option<Security> {
        let versions = service.workloads.iter().map(|it| &self.workloads[*it]);
        let modes = versions.flat_map(|it| {
            let ports = service.targets(it).map(|port| self.mode(it, port, root));
            ports.collect::<Vec<_>>()
        });
        modes.max()
    }

    fn mode(&self, workload: &Workload<'_>, port: &str, root: &str) -> Security {
        if !workload.has_proxy {
            return Security::Disabled;
        }
        let own = |it: &&PeerRule<'_>| has_all(&workload.labels, &it.selector);
        let chosen = self.peers_near.chosen(workload.namespace, &workload.labels);
        let nearest = chosen.into_iter().map(|it| &self.peers[it]).find(own);
        let whole = |namespace| self.peers_near.whole(namespace).first().and_then(|it| self.peers[*it].mode);
        let of_port =
            nearest.and_then(|it| it.ports.iter().find(|(number, _)| *number == port)).and_then(|it| it.1);
        of_port
            .or_else(|| nearest.and_then(|it| it.mode))
            .or_else(|| whole(workload.namespace))
            .or_else(|| whole(root))
            .unwrap_or(Security::Permissive)
    }
}
