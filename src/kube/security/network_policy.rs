//! NetworkPolicy: which connections pods may take and open, by address and port.

use ecow::EcoVec;
use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::{Kind, LabelSelector, Metadata};
use crate::units::Port;

/// A NetworkPolicy.
#[derive(Clone, Debug)]
pub struct NetworkPolicy {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: NetworkPolicySpec,
}

/// What a [`NetworkPolicy`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkPolicySpec {
    /// The pods that it is for.
    pub pod_selector: LabelSelector,
    /// The directions that it speaks of: `Ingress`, `Egress`. What no rule of a direction lets pass is dropped.
    pub policy_types: &'static [&'static str],
    /// What the pods may take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ingress: Vec<IngressRule>,
    /// What the pods may open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub egress: Vec<EgressRule>,
}

/// Connections that pods may take.
#[derive(Clone, Debug, Serialize)]
pub struct IngressRule {
    /// From whom; `None` is anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<EcoVec<Peer>>,
    /// On which of their own ports.
    pub ports: EcoVec<NetworkPort>,
}

/// Connections that pods may open.
#[derive(Clone, Debug, Serialize)]
pub struct EgressRule {
    /// To whom; `None` is anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<EcoVec<Peer>>,
    /// To which of their ports; none is any.
    #[serde(skip_serializing_if = "EcoVec::is_empty")]
    pub ports: EcoVec<NetworkPort>,
}

/// Pods by their namespace, and by their own labels where those are said.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Peer {
    /// Their namespace.
    pub namespace_selector: LabelSelector,
    /// Their labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_selector: Option<LabelSelector>,
}

/// A port of a pod.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkPort {
    /// `TCP` or `UDP`.
    pub protocol: &'static str,
    /// The number.
    pub port: Port,
}

impl Kind for NetworkPolicy {
    const KIND: &'static str = "NetworkPolicy";

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
