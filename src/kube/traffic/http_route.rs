//! One HTTP route on the wire: a condition, where requests go, and what is done to them.

use serde::Serialize;

use crate::kube::pairs::Pairs;
use crate::kube::traffic::http_match::{HttpMatch, StringMatch};
use crate::kube::traffic::virtual_service::{Destination, RouteDestination};
use crate::source::{Spanned, Str, Text};
use crate::units::{Duration, Percent, Port};

/// One HTTP route. One of `route`, `redirect` and `direct_response`.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRoute {
    /// Its name, in access logs and in traces.
    pub name: Text,
    /// Conditions, one of which must hold; none: every request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#match: Vec<HttpMatch>,
    /// Where requests go, by weight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<RouteDestination>,
    /// The client is sent elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Box<Redirect>>,
    /// The proxy answers by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_response: Option<Box<DirectResponse>>,
    /// How path and host change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rewrite: Option<Box<Rewrite>>,
    /// How long a request may take in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Spanned<Duration>>,
    /// How a failed request is tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<Box<Retries>>,
    /// Faults put in on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Box<Fault>>,
    /// Where copies go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mirrors: Vec<Mirror>,
    /// What happens to headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Box<Headers>>,
    /// Which web pages of other origins may call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors_policy: Option<Box<CorsPolicy>>,
}

/// Where the client is sent.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    /// The new path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<Text>,
    /// The new host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Text>,
    /// `http` or `https`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Text>,
    /// The new port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<Spanned<Port>>,
    /// The status; Istio's default is 301.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_code: Option<Spanned<u32>>,
}

/// An answer of the proxy's own.
#[derive(Clone, Debug, Serialize)]
pub struct DirectResponse {
    /// The status.
    pub status: Spanned<u32>,
    /// The answer's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// The text of a [`DirectResponse`].
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// Itself.
    pub string: Text,
}

/// How path and host change.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rewrite {
    /// In place of what was matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<Text>,
    /// In place of what a pattern finds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_regex_rewrite: Option<RegexRewrite>,
    /// The new host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Text>,
}

/// A pattern and what takes its place.
#[derive(Clone, Debug, Serialize)]
pub struct RegexRewrite {
    /// The pattern.
    pub r#match: Text,
    /// What takes its place.
    pub rewrite: Text,
}

/// How a failed request is tried again.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Retries {
    /// How many times more.
    pub attempts: Spanned<u32>,
    /// How long one try may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_try_timeout: Option<Spanned<Duration>>,
    /// What counts as failed, parted by commas without blanks: Istio takes a blank for a part of the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_on: Option<Spanned<Str>>,
    /// The least pause between tries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backoff: Option<Spanned<Duration>>,
    /// Whether other localities may be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_remote_localities: Option<Spanned<bool>>,
}

/// Faults put in on purpose.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// Requests that wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<Delay>,
    /// Requests that fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abort: Option<Abort>,
}

/// Requests that wait.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delay {
    /// How many of them: always written, because Istio takes its absence for none at all.
    pub percentage: Percentage,
    /// How long.
    pub fixed_delay: Spanned<Duration>,
}

/// Requests that fail.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Abort {
    /// How many of them: always written, because Istio takes its absence for none at all.
    pub percentage: Percentage,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<Spanned<u32>>,
    /// The gRPC status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc_status: Option<Text>,
}

/// A part of the requests.
#[derive(Clone, Debug, Serialize)]
pub struct Percentage {
    /// In percent.
    pub value: Spanned<Percent>,
}

/// Where copies go.
#[derive(Clone, Debug, Serialize)]
pub struct Mirror {
    /// The place.
    pub destination: Destination,
    /// How many of the requests.
    pub percentage: Percentage,
}

/// What happens to headers.
#[derive(Clone, Debug, Serialize)]
pub struct Headers {
    /// On the way to the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<HeaderChange>,
    /// On the way back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<HeaderChange>,
}

/// Headers set, added and removed.
#[derive(Clone, Debug, Serialize)]
pub struct HeaderChange {
    /// In place of what is there.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub set: Pairs<Text>,
    /// Beside what is there.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub add: Pairs<Text>,
    /// Taken away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<Text>,
}

/// Which web pages of other origins may call.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CorsPolicy {
    /// Their origins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow_origins: Vec<StringMatch>,
    /// Methods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow_methods: Vec<Text>,
    /// Request headers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow_headers: Vec<Text>,
    /// Response headers that scripts may read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expose_headers: Vec<Text>,
    /// How long a browser may remember the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<Spanned<Duration>>,
    /// Whether cookies may come along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_credentials: Option<Spanned<bool>>,
}
