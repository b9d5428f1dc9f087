//! What is done to a request on its way: rewritten, redirected, answered, its headers changed.

use schemars::JsonSchema;

use crate::profile::traffic::TextMatch;
use crate::source::{Spanned, Text};
use crate::units::{Duration, Port};
use crate::yaml::{Named, OneOrMany, record};

/// How path and host change before a request is passed on.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rewrite {
    /// In place of the matched prefix, or of the whole path where the match is exact.
    pub uri: Option<Text>,
    /// In place of what a pattern finds in the path. Not together with `uri`.
    pub uri_regex: Option<RegexRewrite>,
    /// The new host.
    pub authority: Option<Text>,
}

record!(Rewrite "`rewrite`" { uri, uri_regex, authority });

/// A pattern and what takes its place.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegexRewrite {
    /// An RE2 pattern.
    #[serde(rename = "match")]
    pub r#match: Text,
    /// What takes its place; `\1` is the first group.
    pub rewrite: Text,
}

record!(RegexRewrite "`uriRegex`" { r#match, rewrite });

/// Where the client is sent. At least one of the fields.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Redirect {
    /// The new path.
    pub uri: Option<Text>,
    /// The new host.
    pub authority: Option<Text>,
    /// `http` or `https`.
    pub scheme: Option<Text>,
    /// The new port.
    pub port: Option<Spanned<Port>>,
    /// 301, 302, 303, 307 or 308. Default: 301.
    pub code: Option<Spanned<u32>>,
}

record!(Redirect "`redirect`" { uri, authority, scheme, port, code });

/// An answer that the proxy gives by itself.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Respond {
    /// The HTTP status, 200 to 599.
    pub status: Spanned<u32>,
    /// The text of the answer; absent: empty.
    pub body: Option<Text>,
}

record!(Respond "`respond`" { status, body });

/// What happens to headers.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Headers {
    /// On the way to the service.
    pub request: Option<HeaderChange>,
    /// On the way back.
    pub response: Option<HeaderChange>,
}

record!(Headers "`headers`" { request, response });

/// Headers set, added and removed.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeaderChange {
    /// In place of what is there.
    pub set: Named<Text>,
    /// Beside what is there.
    pub add: Named<Text>,
    /// Names of headers that go.
    pub remove: OneOrMany<Text>,
}

record!(HeaderChange "a header change" { set, add, remove });

/// Which web pages of other origins may call.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cors {
    /// Their origins.
    pub allow_origins: Vec<TextMatch>,
    /// Methods.
    pub allow_methods: OneOrMany<Text>,
    /// Request headers.
    pub allow_headers: OneOrMany<Text>,
    /// Response headers that scripts may read.
    pub expose_headers: OneOrMany<Text>,
    /// How long a browser may remember the answer.
    pub max_age: Option<Spanned<Duration>>,
    /// Whether cookies may come along.
    pub allow_credentials: Option<Spanned<bool>>,
}

record!(Cors "`cors`" { allow_origins, allow_methods, allow_headers, expose_headers, max_age, allow_credentials });
