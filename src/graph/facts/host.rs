//! Hosts outside of the mesh, as `ServiceEntry` objects declare them.

use crate::graph::facts::{Object, items, text, texts};

/// A ServiceEntry.
pub struct Host<'a> {
    /// The object.
    pub object: &'a Object,
    /// Its hosts.
    pub names: Vec<&'a str>,
    /// Its ports, as `https 443`.
    pub ports: Vec<String>,
    /// Whether every port speaks TLS by itself.
    pub is_tls: bool,
    export: Vec<&'a str>,
}

impl<'a> Host<'a> {
    /// Reads a ServiceEntry.
    pub fn read(object: &'a Object) -> Self {
        let ports = items(&object.node, &["spec", "ports"]);
        let protocols = ports.iter().map(|it| text(it, &["protocol"]).to_ascii_uppercase());
        let mut speaks = protocols.map(|it| matches!(it.as_str(), "TLS" | "HTTPS"));
        Self {
            names: texts(&object.node, &["spec", "hosts"]),
            ports: ports.iter().map(|it| port(text(it, &["protocol"]), text(it, &["number"]))).collect(),
            is_tls: !ports.is_empty() && speaks.all(|it| it),
            export: texts(&object.node, &["spec", "exportTo"]),
            object,
        }
    }

    /// Whether workloads of a namespace know of it.
    pub fn is_known_in(&self, namespace: &str) -> bool {
        let own = self.object.namespace == namespace;
        self.export.is_empty()
            || self.export.iter().any(|it| *it == "*" || *it == namespace || *it == "." && own)
    }
}

fn port(protocol: &str, number: &str) -> String {
    format!("{} {number}", protocol.to_ascii_lowercase()).trim().to_owned()
}
