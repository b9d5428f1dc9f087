//! What lies outside: callers, services beyond the mesh, the way out and the way in.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::{Port, PortRef};
use crate::yaml::{
    FromScalar, Kind, Named, Node, OneOrMany, Read, Reader, Scalar, Wrong, choose, record, words,
};

/// An identity outside the bundle that rules may name.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Caller {
    /// Its namespace.
    pub namespace: Text,
    /// Its service account.
    pub service_account: Text,
}

record!(Caller "a caller" { namespace, service_account });

/// A service outside the mesh: a ServiceEntry.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct External {
    /// Its host names.
    pub hosts: OneOrMany<Text>,
    /// Its ports by name.
    pub ports: Named<ExternalPort>,
    /// How its address is found.
    pub resolution: Spanned<Resolution>,
    /// Fixed addresses behind it; only with `resolution: static` or `dns`.
    pub endpoints: OneOrMany<Text>,
    /// Addresses that callers connect to: what tells services of the protocol `tcp` apart. Default: the endpoints, where
    /// `resolution` is `static` and a port is `tcp`.
    pub addresses: OneOrMany<Text>,
}

record!(External "an external service" { hosts, ports, resolution, endpoints, addresses });

/// A port of an external service.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalPort {
    /// The number.
    pub number: Spanned<Port>,
    /// What is spoken.
    pub protocol: Spanned<ExternalProtocol>,
}

record!(ExternalPort "a port" { number, protocol });

/// What an external port speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalProtocol {
    /// HTTP/1.1 in the clear.
    Http,
    /// HTTPS from the application itself; the mesh sees the server name only.
    Https,
    /// HTTP/2 in the clear.
    Http2,
    /// gRPC in the clear.
    Grpc,
    /// Bytes.
    Tcp,
    /// TLS from the application itself.
    Tls,
}

const EXTERNAL_PROTOCOLS: &[(&str, ExternalProtocol)] = &[
    ("http", ExternalProtocol::Http),
    ("https", ExternalProtocol::Https),
    ("http2", ExternalProtocol::Http2),
    ("grpc", ExternalProtocol::Grpc),
    ("tcp", ExternalProtocol::Tcp),
    ("tls", ExternalProtocol::Tls),
];

impl FromScalar for ExternalProtocol {
    const EXPECTS: &'static str = "a protocol";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, EXTERNAL_PROTOCOLS)
    }

    fn schema() -> Schema {
        words(EXTERNAL_PROTOCOLS)
    }
}

/// How the address of an external service is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// By DNS, asked by the proxy.
    Dns,
    /// By `endpoints`.
    Static,
    /// Wherever the application already connects to.
    None,
}

const RESOLUTIONS: &[(&str, Resolution)] =
    &[("dns", Resolution::Dns), ("static", Resolution::Static), ("none", Resolution::None)];

impl FromScalar for Resolution {
    const EXPECTS: &'static str = "`dns`, `static` or `none`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, RESOLUTIONS)
    }

    fn schema() -> Schema {
        words(RESOLUTIONS)
    }
}

/// What workloads may call: a Sidecar a namespace. A mode by itself (`egress: registry-only`) adds nothing to what
/// the profile declares.
#[derive(Clone, Debug)]
pub struct Egress {
    /// What happens to calls of hosts that the mesh does not know.
    pub mode: Spanned<EgressMode>,
    /// More hosts to see beside the profile's own, as `namespace/host`.
    pub hosts: OneOrMany<Text>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EgressForm {
    /// What happens to calls of hosts that the mesh does not know.
    mode: Spanned<EgressMode>,
    /// More hosts to see beside the profile's own, as `namespace/host`.
    hosts: OneOrMany<Text>,
}

record!(EgressForm "`egress`" { mode, hosts });

impl Read for Egress {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Some(Self { mode: Spanned::read(node, cx)?, hosts: OneOrMany::default() });
        }
        let EgressForm { mode, hosts } = EgressForm::read(node, cx)?;
        Some(Self { mode, hosts })
    }
}

impl JsonSchema for Egress {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Egress".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (mode, form) =
            (generator.subschema_for::<Spanned<EgressMode>>(), generator.subschema_for::<EgressForm>());
        schemars::json_schema!({ "anyOf": [mode, form] })
    }
}

/// What happens to calls of hosts that the mesh does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EgressMode {
    /// Refused.
    RegistryOnly,
    /// Passed through.
    AllowAny,
}

const EGRESS_MODES: &[(&str, EgressMode)] =
    &[("registry-only", EgressMode::RegistryOnly), ("allow-any", EgressMode::AllowAny)];

impl FromScalar for EgressMode {
    const EXPECTS: &'static str = "`registry-only` or `allow-any`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, EGRESS_MODES)
    }

    fn schema() -> Schema {
        words(EGRESS_MODES)
    }
}

/// The way in from outside: a Gateway, and the service that answers for each host.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gateway {
    /// The Gateway's name. Default: the profile's namespace.
    pub name: Option<Text>,
    /// The service that answers, by host name.
    pub hosts: Named<GatewayHost>,
    /// The port for plain HTTP; absent: none.
    pub http: Option<Spanned<Port>>,
    /// The port for HTTPS; needs `tls`.
    pub https: Option<Spanned<Port>>,
    /// How TLS is ended.
    pub tls: Option<GatewayTls>,
}

record!(Gateway "`gateway`" { name, hosts, http, https, tls });

/// The service behind a host: its id by itself (`hello.example.com: hello`), or with the port to use.
#[derive(Clone, Debug)]
pub struct GatewayHost {
    /// The service by id or `namespace/name`.
    pub service: Text,
    /// Its port by name or number. Default: its first HTTP port.
    pub port: Option<Spanned<PortRef>>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GatewayHostForm {
    /// The service by id or `namespace/name`.
    service: Text,
    /// Its port by name or number.
    port: Option<Spanned<PortRef>>,
}

record!(GatewayHostForm "a host" { service, port });

impl Read for GatewayHost {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Some(Self { service: Text::read(node, cx)?, port: None });
        }
        let GatewayHostForm { service, port } = GatewayHostForm::read(node, cx)?;
        Some(Self { service, port })
    }
}

impl JsonSchema for GatewayHost {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GatewayHost".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (name, form) = (generator.subschema_for::<Text>(), generator.subschema_for::<GatewayHostForm>());
        schemars::json_schema!({ "anyOf": [name, form] })
    }
}

/// How a gateway ends TLS.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewayTls {
    /// The Secret with certificate and key, in the namespace of the gateway's pods. It is never ours.
    pub credential_name: Text,
    /// Whether clients must show a certificate too.
    pub mode: Option<Spanned<GatewayTlsMode>>,
    /// The oldest protocol taken, `1.2` or `1.3`. Default: 1.2.
    pub min_protocol_version: Option<Spanned<TlsVersion>>,
    /// Whether plain HTTP is answered with a redirect to HTTPS.
    pub https_redirect: Option<Spanned<bool>>,
}

record!(GatewayTls "`tls`" { credential_name, mode, min_protocol_version, https_redirect });

/// Whether clients must show a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayTlsMode {
    /// No.
    Simple,
    /// Yes.
    Mutual,
}

const GATEWAY_TLS_MODES: &[(&str, GatewayTlsMode)] =
    &[("simple", GatewayTlsMode::Simple), ("mutual", GatewayTlsMode::Mutual)];

impl FromScalar for GatewayTlsMode {
    const EXPECTS: &'static str = "`simple` or `mutual`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, GATEWAY_TLS_MODES)
    }

    fn schema() -> Schema {
        words(GATEWAY_TLS_MODES)
    }
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsVersion {
    /// 1.2.
    V1_2,
    /// 1.3.
    V1_3,
}

const TLS_VERSIONS: &[(&str, TlsVersion)] = &[("1.2", TlsVersion::V1_2), ("1.3", TlsVersion::V1_3)];

impl FromScalar for TlsVersion {
    const EXPECTS: &'static str = "`1.2` or `1.3`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, TLS_VERSIONS)
    }

    fn schema() -> Schema {
        schemars::json_schema!({ "enum": ["1.2", "1.3", 1.2, 1.3] })
    }
}
