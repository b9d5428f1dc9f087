//! A service: one name, its ports, its versions and the way requests take to them.

use std::sync::Arc;

use schemars::{JsonSchema, Schema};

use crate::profile::balance::{CircuitBreaker, LoadBalancer};
use crate::profile::security::ServiceMtls;
use crate::profile::traffic::Route;
use crate::profile::workload::Version;
use crate::source::{Spanned, Text};
use crate::units::Port;
use crate::yaml::{FromScalar, Named, OneOrMany, Scalar, Wrong, choose, record, words};

/// A service. Its key is an id within the profile.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// Its name. Default: the key.
    pub name: Option<Text>,
    /// Its namespace. Default: the profile's.
    pub namespace: Option<Text>,
    /// The service account of its pods, which is their identity. Default: its name.
    pub service_account: Option<Text>,
    /// Its ports by name.
    pub ports: Named<ServicePort>,
    /// Its versions by name.
    pub versions: Named<Version>,
    /// Where requests go; the first route that matches wins. Routes without `match` come last.
    pub routes: Named<Route>,
    /// How requests spread over the pods of a version.
    pub load_balancer: Arc<LoadBalancer>,
    /// When to stop asking; absent: never.
    pub circuit_breaker: Option<Arc<CircuitBreaker>>,
    /// The service's own mutual TLS mode.
    pub mtls: Option<ServiceMtls>,
    /// The namespaces whose proxies know it, `.` for its own; absent: all.
    pub export_to: OneOrMany<Text>,
}

record!(Service "a service" {
    name, namespace, service_account, ports, versions, routes, load_balancer, circuit_breaker, mtls,
    export_to,
});

/// A port of a service.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServicePort {
    /// The number that callers use.
    pub number: Spanned<Port>,
    /// The number that the container listens on. Default: `number`.
    pub target: Option<Spanned<Port>>,
    /// What is spoken.
    pub protocol: Spanned<Protocol>,
}

record!(ServicePort "a port" { number, target, protocol });

impl ServicePort {
    /// The port that the container listens on.
    #[must_use]
    pub fn target(&self) -> &Spanned<Port> {
        self.target.as_ref().unwrap_or(&self.number)
    }
}

/// What a port speaks; it decides which rules can apply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.1.
    Http,
    /// HTTP/2 in the clear.
    Http2,
    /// gRPC.
    Grpc,
    /// Bytes.
    Tcp,
    /// TLS that the application itself ends: routed by its server name, opaque to the mesh.
    Tls,
}

const PROTOCOLS: &[(&str, Protocol)] = &[
    ("http", Protocol::Http),
    ("http2", Protocol::Http2),
    ("grpc", Protocol::Grpc),
    ("tcp", Protocol::Tcp),
    ("tls", Protocol::Tls),
];

impl Protocol {
    /// Whether the mesh sees requests, not just bytes.
    #[must_use]
    pub fn is_http(self) -> bool {
        match self {
            Self::Http | Self::Http2 | Self::Grpc => true,
            Self::Tcp | Self::Tls => false,
        }
    }

    /// The word of the language, which is Kubernetes' `appProtocol` too.
    #[must_use]
    pub fn word(self) -> &'static str {
        PROTOCOLS.iter().find(|(_, it)| *it == self).map_or("tcp", |(word, _)| word)
    }
}

impl FromScalar for Protocol {
    const EXPECTS: &'static str = "a protocol";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, PROTOCOLS)
    }

    fn schema() -> Schema {
        words(PROTOCOLS)
    }
}
