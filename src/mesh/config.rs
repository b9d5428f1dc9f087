//! What `MeshConfig` says of a mesh: the questions that judges of manifests have, with Istio's defaults.
//!
//! Source: `istio.io/api/mesh/v1alpha1/config.proto`.

use crate::mesh::object::NOTHING;
use crate::source::Str;
use crate::yaml::Node;

/// The configuration of a mesh: a document of Istio's `MeshConfig`, or its defaults.
#[derive(Clone, Debug)]
pub struct MeshConfig {
    /// The document; a null where nobody gave one.
    pub node: Node,
    /// The domain of the cluster's own services.
    pub cluster_domain: Str,
}

impl Default for MeshConfig {
    fn default() -> Self {
        Self { node: NOTHING.clone(), cluster_domain: "cluster.local".into() }
    }
}

impl MeshConfig {
    /// Whether somebody said how the mesh is configured: what it leaves out is then known to have Istio's default.
    pub fn is_given(&self) -> bool {
        !self.node.is_null()
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
