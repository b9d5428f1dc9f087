//! Gateway: what the ingress gateway listens to.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::pairs::Pairs;
use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};
use crate::units::Port;

/// What the gateway's pods listen to.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: GatewaySpec,
}

/// What a [`Gateway`] is.
#[derive(Clone, Debug, Serialize)]
pub struct GatewaySpec {
    /// The labels of the gateway's pods, in any namespace.
    pub selector: Pairs<Text>,
    /// What they listen to.
    pub servers: Vec<Server>,
}

/// One port, and the hosts that it answers for.
#[derive(Clone, Debug, Serialize)]
pub struct Server {
    /// The port.
    pub port: ServerPort,
    /// As `namespace/host`: only a VirtualService of that namespace may speak for the host.
    pub hosts: Vec<Text>,
    /// How TLS is ended, or that plain HTTP is redirected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<ServerTls>,
}

/// A port of a gateway.
#[derive(Clone, Debug, Serialize)]
pub struct ServerPort {
    /// Its number.
    pub number: Spanned<Port>,
    /// Its name, unique in the Gateway.
    pub name: &'static str,
    /// `HTTP` or `HTTPS`.
    pub protocol: &'static str,
}

/// What a server does about TLS.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerTls {
    /// Answers plain HTTP with a redirect to HTTPS. Then it stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub https_redirect: Option<Spanned<bool>>,
    /// `SIMPLE` or `MUTUAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Spanned<&'static str>>,
    /// The Secret with certificate and key, in the namespace of the gateway's pods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_name: Option<Text>,
    /// The oldest protocol taken, in Istio's spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_protocol_version: Option<Spanned<&'static str>>,
}

impl Kind for Gateway {
    const KIND: &'static str = "Gateway";

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
