//! VirtualService: where the requests for a host go.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::traffic::http_route::HttpRoute;
use crate::kube::{Kind, Metadata};
use crate::source::{Spanned, Text};
use crate::units::{Port, Weight};

/// The routes to one or more hosts.
#[derive(Clone, Debug)]
pub struct VirtualService {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: VirtualServiceSpec,
}

/// What a [`VirtualService`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VirtualServiceSpec {
    /// The hosts that it speaks for.
    pub hosts: Vec<Text>,
    /// Gateways that follow it, `mesh` for the sidecars; none: the sidecars alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gateways: Vec<Text>,
    /// The namespaces that see it; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub export_to: Vec<Text>,
    /// Routes of HTTP requests; the first that matches wins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub http: Vec<HttpRoute>,
    /// Routes of TLS connections that the mesh cannot look into.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tls: Vec<TlsRoute>,
    /// Routes of connections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tcp: Vec<TcpRoute>,
}

/// A route of TLS connections.
#[derive(Clone, Debug, Serialize)]
pub struct TlsRoute {
    /// Which.
    pub r#match: Vec<TlsMatch>,
    /// Where they go.
    pub route: Vec<RouteDestination>,
}

/// A condition on a TLS connection.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TlsMatch {
    /// The port.
    pub port: Spanned<Port>,
    /// The server names that the caller may ask for.
    pub sni_hosts: Vec<Text>,
}

/// A route of connections.
#[derive(Clone, Debug, Serialize)]
pub struct TcpRoute {
    /// Which.
    pub r#match: Vec<TcpMatch>,
    /// Where they go.
    pub route: Vec<RouteDestination>,
}

/// A condition on a connection.
#[derive(Clone, Debug, Serialize)]
pub struct TcpMatch {
    /// The port.
    pub port: Spanned<Port>,
}

/// A destination and its share.
#[derive(Clone, Debug, Serialize)]
pub struct RouteDestination {
    /// The place.
    pub destination: Destination,
    /// Its share, in percent.
    pub weight: Spanned<Weight>,
}

/// A version of a service, or all of it.
#[derive(Clone, Debug, Serialize)]
pub struct Destination {
    /// The service's host name.
    pub host: Text,
    /// The version; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subset: Option<Text>,
    /// The port. Always written: a gateway would otherwise look for its own port number on the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortSelector>,
}

/// A port of a service.
#[derive(Clone, Debug, Serialize)]
pub struct PortSelector {
    /// Its number.
    pub number: Spanned<Port>,
}

impl Kind for VirtualService {
    const KIND: &'static str = "VirtualService";

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
