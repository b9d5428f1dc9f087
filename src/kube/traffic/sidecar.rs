//! Sidecar: what the proxies of a namespace know, and so what their workloads may call.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};

/// What proxies know of the mesh.
#[derive(Clone, Debug)]
pub struct Sidecar {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: SidecarSpec,
}

/// What a [`Sidecar`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SidecarSpec {
    /// What they know.
    pub egress: Vec<EgressListener>,
    /// What happens to the rest.
    pub outbound_traffic_policy: OutboundTrafficPolicy,
}

/// Hosts that are known.
#[derive(Clone, Debug, Serialize)]
pub struct EgressListener {
    /// As `namespace/host`; `.` is the own namespace.
    pub hosts: Vec<Text>,
}

/// What happens to calls of hosts that are not known.
#[derive(Clone, Debug, Serialize)]
pub struct OutboundTrafficPolicy {
    /// `REGISTRY_ONLY` or `ALLOW_ANY`.
    pub mode: Spanned<&'static str>,
}

impl Kind for Sidecar {
    const KIND: &'static str = "Sidecar";

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
