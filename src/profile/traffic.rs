//! Where requests go: routes, their conditions, splits, retries, faults and mirrors.

use schemars::{JsonSchema, Schema};

use crate::profile::action::{Cors, Headers, Redirect, Respond, Rewrite};
use crate::source::{Span, Spanned, Text};
use crate::units::{Duration, Percent, Weight};
use crate::yaml::{Kind, Named, Node, OneOrMany, Read, Reader, record};

/// One route of a service: a condition, and what happens to the requests that meet it.
///
/// Exactly one of `split`, `redirect` and `respond`.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// Which requests; absent: all.
    #[serde(rename = "match")]
    pub r#match: Option<Match>,
    /// The route that this one stands before. Default: the first without `match`.
    pub before: Option<Text>,
    /// Whole percents by version; they total 100.
    pub split: Named<Spanned<Weight>>,
    /// How long a request may take in all; absent: for ever.
    pub timeout: Option<Spanned<Duration>>,
    /// How a failed request is tried again; absent: Istio's two attempts.
    pub retries: Option<Retries>,
    /// Faults put in on purpose.
    pub fault: Option<Box<Fault>>,
    /// Where a copy of each request goes, its answer thrown away.
    pub mirror: Option<Box<Mirror>>,
    /// How path and host change before the request is passed on.
    pub rewrite: Option<Box<Rewrite>>,
    /// The client is sent elsewhere.
    pub redirect: Option<Box<Redirect>>,
    /// The proxy answers by itself.
    pub respond: Option<Box<Respond>>,
    /// Headers set, added and removed.
    pub headers: Option<Box<Headers>>,
    /// Which web pages of other origins may call.
    pub cors: Option<Box<Cors>>,
}

record!(Route "a route" {
    r#match, before, split, timeout, retries, fault, mirror, rewrite, redirect, respond, headers, cors,
});

/// A condition on a request: everything that is given must hold.
#[derive(Clone, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// The path, without the query.
    pub path: Option<TextMatch>,
    /// The method; one of several.
    pub method: OneOrMany<Text>,
    /// Request headers by lower-case name.
    pub headers: Named<TextMatch>,
    /// Query parameters by name.
    pub query: Named<TextMatch>,
    /// Clients or services of the profile that send the request; one of several.
    pub caller: OneOrMany<Text>,
}

record!(Match "`match`" { path, method, headers, query, caller });

/// A condition on a text. A text by itself means that very text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// The very text.
    Exact(Text),
    /// Begins so.
    Prefix(Text),
    /// The whole text fits an RE2 pattern.
    Regex(Text),
    /// There at all.
    Present(Span),
    /// Not there.
    Absent(Span),
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TextMatchForm {
    exact: Option<Text>,
    prefix: Option<Text>,
    regex: Option<Text>,
    present: Option<Spanned<bool>>,
    absent: Option<Spanned<bool>>,
}

record!(TextMatchForm "a condition" { exact, prefix, regex, present, absent });

impl Read for TextMatch {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Text::read(node, cx).map(Self::Exact);
        }
        let TextMatchForm { exact, prefix, regex, present, absent } = TextMatchForm::read(node, cx)?;
        let there = present.map(|it| (it.value, it.span)).or(absent.map(|it| (!it.value, it.span)));
        let mut given = [
            exact.map(Self::Exact),
            prefix.map(Self::Prefix),
            regex.map(Self::Regex),
            there.map(|(present, span)| if present { Self::Present(span) } else { Self::Absent(span) }),
        ]
        .into_iter()
        .flatten();
        if let (Some(one), None) = (given.next(), given.next()) {
            return Some(one);
        }
        cx.expected("exactly one of `exact`, `prefix`, `regex`, `present` and `absent`", node);
        None
    }
}

impl JsonSchema for TextMatch {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TextMatch".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (text, form) = (generator.subschema_for::<Text>(), generator.subschema_for::<TextMatchForm>());
        schemars::json_schema!({ "anyOf": [text, form] })
    }
}

/// How a failed request is tried again.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Retries {
    /// How many times more; 0 switches retries off.
    pub attempts: Spanned<u32>,
    /// How long one try may take. Default: the route's timeout.
    pub per_try_timeout: Option<Spanned<Duration>>,
    /// What counts as failed, in Envoy's words or as a status code. Default: Istio's list.
    pub retry_on: OneOrMany<Text>,
    /// The least pause between tries. Default: 25ms.
    pub backoff: Option<Spanned<Duration>>,
    /// Whether other localities may be tried.
    pub retry_remote_localities: Option<Spanned<bool>>,
}

record!(Retries "`retries`" { attempts, per_try_timeout, retry_on, backoff, retry_remote_localities });

/// Faults put in on purpose, by the proxy of the caller.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Requests that wait.
    pub delay: Option<Delay>,
    /// Requests that fail.
    pub abort: Option<Abort>,
}

record!(Fault "`fault`" { delay, abort });

/// Requests that wait.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delay {
    /// How long.
    pub fixed_delay: Spanned<Duration>,
    /// How many of the requests. Default: all.
    pub percent: Option<Spanned<Percent>>,
}

record!(Delay "`delay`" { fixed_delay, percent });

/// Requests that fail. Exactly one of the two statuses.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Abort {
    /// The HTTP status, 200 to 599.
    pub http_status: Option<Spanned<u32>>,
    /// The gRPC status by name, as `UNAVAILABLE`.
    pub grpc_status: Option<Text>,
    /// How many of the requests. Default: all.
    pub percent: Option<Spanned<Percent>>,
}

record!(Abort "`abort`" { http_status, grpc_status, percent });

/// Where copies of requests go: a version of this service (`mirror: v2`), or another service.
#[derive(Clone, Debug)]
pub struct Mirror {
    /// A version of this service.
    pub version: Option<Text>,
    /// Another service of the profile.
    pub service: Option<Text>,
    /// How many of the requests. Default: all.
    pub percent: Option<Spanned<Percent>>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MirrorForm {
    /// A version of this service.
    version: Option<Text>,
    /// Another service of the profile.
    service: Option<Text>,
    /// How many of the requests. Default: all.
    percent: Option<Spanned<Percent>>,
}

record!(MirrorForm "`mirror`" { version, service, percent });

impl Read for Mirror {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            let version = Text::read(node, cx)?;
            return Some(Self { version: Some(version), service: None, percent: None });
        }
        let MirrorForm { version, service, percent } = MirrorForm::read(node, cx)?;
        Some(Self { version, service, percent })
    }
}

impl JsonSchema for Mirror {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mirror".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (text, form) = (generator.subschema_for::<Text>(), generator.subschema_for::<MirrorForm>());
        schemars::json_schema!({ "anyOf": [text, form] })
    }
}
