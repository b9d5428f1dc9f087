//! PeerAuthentication: which connections a workload takes, mutual TLS or plaintext.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};
use crate::source::Spanned;
use crate::units::Port;

/// A PeerAuthentication.
#[derive(Clone, Debug)]
pub struct PeerAuthentication {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it asks for.
    pub spec: PeerAuthenticationSpec,
}

/// What a [`PeerAuthentication`] asks for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PeerAuthenticationSpec {
    /// The pods; `None`: every pod of the namespace, or of the mesh in the root namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<LabelSelector>,
    /// The mode; `None`: that of the next wider object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mtls: Option<MutualTls>,
    /// Modes of single ports, by the number that the pod listens on. Only together with a selector.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub port_level_mtls: BTreeMap<Port, MutualTls>,
}

/// A mode.
#[derive(Clone, Debug, Serialize)]
pub struct MutualTls {
    /// `STRICT`, `PERMISSIVE` or `DISABLE`.
    pub mode: Spanned<&'static str>,
}

impl Kind for PeerAuthentication {
    const KIND: &'static str = "PeerAuthentication";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
