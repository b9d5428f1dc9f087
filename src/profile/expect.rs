//! What the rendered YAML must do: requests and the answers they must get. Read and checked now, run by `test` later.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::{Duration, Percent, PortRef};
use crate::yaml::{Kind, Named, Node, OneOrMany, Read, Reader};

/// One request, or a set of them, and what must become of it.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Who asks: a client, a service, `ingress` or `outside-the-mesh`.
    pub from: OneOrMany<Text>,
    /// Which service or host.
    pub to: Text,
    /// Which port of it. Default: its first.
    pub port: Option<Spanned<PortRef>>,
    /// The method and the paths, as `get: /`.
    pub request: Requests,
    /// The request's headers.
    pub headers: Named<Text>,
    /// What must become of it.
    pub outcome: ExpectedOutcome,
}

/// The method and the paths of the requests.
#[derive(Clone, Debug)]
pub struct Requests {
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// The paths.
    pub paths: OneOrMany<Text>,
}

/// What must become of a request; all that is given must hold.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedOutcome {
    /// The share of every version that is asked at all.
    pub split: Named<Spanned<Percent>>,
    /// The one version that answers.
    pub only: Option<Text>,
    /// The status.
    pub status: Option<Spanned<u32>>,
    /// A rule refuses it with this status.
    pub denied: Option<Spanned<u32>>,
    /// The connection is refused, and why.
    pub refused: Option<Text>,
    /// Where the client is sent.
    pub redirected: Option<Text>,
    /// Whether it travels by mutual TLS.
    pub mtls: Option<Spanned<bool>>,
    /// How long it may take.
    pub timeout: Option<Spanned<Duration>>,
    /// The version or service that gets a copy.
    pub mirrored: Option<Text>,
    /// Whether nobody answers.
    pub unreachable: Option<Spanned<bool>>,
}

#[expect(dead_code, reason = "it is there for its schema: `Read` is written by hand")]
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExpectationForm {
    /// Who asks: a client, a service, `ingress` or `outside-the-mesh`.
    from: OneOrMany<Text>,
    /// Which service or host.
    to: Text,
    /// Which port of it.
    port: Option<Spanned<PortRef>>,
    /// The request's headers.
    headers: Named<Text>,
    /// A GET of this path, or of each of these.
    get: Option<OneOrMany<Text>>,
    /// A HEAD of this path, or of each of these.
    head: Option<OneOrMany<Text>>,
    /// A POST of this path, or of each of these.
    post: Option<OneOrMany<Text>>,
    /// A PUT of this path, or of each of these.
    put: Option<OneOrMany<Text>>,
    /// A PATCH of this path, or of each of these.
    patch: Option<OneOrMany<Text>>,
    /// A DELETE of this path, or of each of these.
    delete: Option<OneOrMany<Text>>,
    /// An OPTIONS of this path, or of each of these.
    options: Option<OneOrMany<Text>>,
    #[serde(flatten)]
    outcome: ExpectedOutcome,
}

const NAMES: &[&str] = &[
    "from",
    "to",
    "port",
    "headers",
    "get",
    "head",
    "post",
    "put",
    "patch",
    "delete",
    "options",
    "split",
    "only",
    "status",
    "denied",
    "refused",
    "redirected",
    "mtls",
    "timeout",
    "mirrored",
    "unreachable",
];

const METHODS: [(&str, &str); 7] = [
    ("get", "GET"),
    ("head", "HEAD"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
];

impl Read for Expectation {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        let read = cx.record("an expectation", NAMES, node, |fields| {
            let (from, to, port, headers) =
                (fields.take("from"), fields.take("to"), fields.take("port"), fields.take("headers"));
            let asked: Vec<_> = METHODS
                .iter()
                .map(|(key, method)| (*method, fields.take::<Option<OneOrMany<Text>>>(key)))
                .collect();
            let (split, only, status) = (fields.take("split"), fields.take("only"), fields.take("status"));
            let (denied, refused) = (fields.take("denied"), fields.take("refused"));
            let (redirected, mtls) = (fields.take("redirected"), fields.take("mtls"));
            let (timeout, mirrored) = (fields.take("timeout"), fields.take("mirrored"));
            let unreachable = fields.take("unreachable");
            let outcome = ExpectedOutcome {
                split: split?,
                only: only?,
                status: status?,
                denied: denied?,
                refused: refused?,
                redirected: redirected?,
                mtls: mtls?,
                timeout: timeout?,
                mirrored: mirrored?,
                unreachable: unreachable?,
            };
            Some((from?, to?, port?, headers?, asked, outcome))
        });
        let (from, to, port, headers, asked, outcome) = read?;
        let mut requests = asked
            .into_iter()
            .filter_map(|(method, paths)| Some(Requests { method, paths: paths.flatten()? }));
        let (Some(request), None) = (requests.next(), requests.next()) else {
            cx.expected("exactly one request, as `get: /`", &Node { kind: Kind::Null, span: node.span });
            return None;
        };
        Some(Self { from, to, port, request, headers, outcome })
    }
}

impl JsonSchema for Expectation {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Expectation".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        ExpectationForm::json_schema(generator)
    }
}
