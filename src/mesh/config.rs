//! What `MeshConfig` says of a mesh: the questions that judges of manifests have, with Istio's defaults.
//!
//! Source: `istio.io/api/mesh/v1alpha1/config.proto`.

use crate::mesh::object::NOTHING;
use crate::source::{Span, Str, Text};
use crate::yaml::{Entry, Node};

/// The configuration of a mesh: a document of Istio's `MeshConfig`, or its defaults.
#[derive(Clone, Debug)]
pub struct MeshConfig {
    /// The document; a null where nobody gave one.
    pub node: Node,
    /// The networks of the mesh, a document of `MeshNetworks`; a null where nobody gave one.
    pub networks: Node,
    /// The domain of the cluster's own services.
    pub cluster_domain: Str,
    /// Whether the document says only some of it, and nobody knows the rest.
    pub partial: bool,
}

/// Where a document holds the configuration of a mesh.
#[derive(Clone, Debug)]
pub enum Held {
    /// As a tree.
    Tree(Node),
    /// As a text of its own, in a ConfigMap.
    Text(Text),
}

/// The configuration that a document is or holds: a `MeshConfig`, the ConfigMap `istio` with `data.mesh`, or an
/// `IstioOperator` with `spec.meshConfig`. `None` if it is another object.
pub fn held(document: &Node, key: &str) -> Option<Held> {
    let kind = document.word("kind").map(Str::as_str);
    match kind {
        Some("ConfigMap") => document.get("data")?.get(key)?.as_text().map(Held::Text),
        Some("IstioOperator") if key == "mesh" => {
            Some(Held::Tree(document.at(&["spec", "meshConfig"])?.clone()))
        }
        Some("MeshConfig" | "MeshNetworks") | None => Some(Held::Tree(document.clone())),
        Some(_) => None,
    }
}

/// The domain of the cluster, if an `IstioOperator` says one.
pub fn cluster_domain(document: &Node) -> Option<&Str> {
    let path = ["spec", "values", "global", "proxy", "clusterDomain"];
    document.at(&path).and_then(Node::text).filter(|it| !it.is_empty())
}

impl Default for MeshConfig {
    fn default() -> Self {
        Self {
            node: NOTHING.clone(),
            networks: NOTHING.clone(),
            cluster_domain: "cluster.local".into(),
            partial: false,
        }
    }
}

impl MeshConfig {
    /// A configuration of which only these facts are known.
    pub fn of(trust_domain: &Text, root_namespace: &Text, cluster_domain: &Str) -> Self {
        let entry = |key: &str, text: &Text| Entry {
            key: Text::made(key.into()),
            value: Node::string(text.value.clone(), text.span),
        };
        let entries = [entry("trustDomain", trust_domain), entry("rootNamespace", root_namespace)];
        let node = Node::map(entries.into_iter().collect(), Span::NONE);
        Self { node, networks: NOTHING.clone(), cluster_domain: cluster_domain.clone(), partial: true }
    }

    /// Whether somebody said how the mesh is configured: what it leaves out is then known to have Istio's default.
    pub fn is_given(&self) -> bool {
        !self.node.is_null() && !self.partial
    }

    /// The namespace whose objects are for the whole mesh.
    pub fn root_namespace(&self) -> &str {
        self.node.word("rootNamespace").filter(|it| !it.is_empty()).map_or("istio-system", Str::as_str)
    }

    /// The trust domain, the first part of every identity.
    pub fn trust_domain(&self) -> &str {
        self.node.word("trustDomain").filter(|it| !it.is_empty()).map_or("cluster.local", Str::as_str)
    }

    /// Whether proxies choose mutual TLS by themselves where no DestinationRule speaks of TLS.
    pub fn auto_mtls(&self) -> bool {
        self.node.flag("enableAutoMtls").unwrap_or(true)
    }

    /// Whether calls to hosts that nobody declared are let out.
    pub fn lets_unknown_hosts_out(&self) -> bool {
        let mode = self.node.at(&["outboundTrafficPolicy", "mode"]).and_then(Node::text);
        mode.is_none_or(|it| it != "REGISTRY_ONLY")
    }

    /// The provider of a name among `extensionProviders`.
    pub fn provider(&self, name: &str) -> Option<&Node> {
        self.node.list("extensionProviders").iter().find(|it| it.word("name").is_some_and(|it| it == name))
    }

    /// To whom objects are visible that do not say it: `defaultVirtualServiceExportTo` and its sisters.
    pub fn default_export(&self, key: &str) -> &[Node] {
        self.node.list(key)
    }
}
