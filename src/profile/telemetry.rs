//! Access logs and tracing.

use schemars::JsonSchema;

use crate::source::{Spanned, Text};
use crate::units::Percent;
use crate::yaml::{Named, OneOrMany, record};

/// Access logs and tracing, as one Telemetry a namespace.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Telemetry {
    /// What is logged; absent: what the mesh logs.
    pub access_log: Option<AccessLog>,
    /// Where requests that were refused (401 and 403) are logged besides; absent: nowhere.
    pub audit_log: Option<AuditLog>,
    /// What is traced; absent: what the mesh traces.
    pub tracing: Option<Tracing>,
}

record!(Telemetry "`telemetry`" { access_log, audit_log, tracing });

/// Access logs.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessLog {
    /// The providers of the mesh's configuration; `envoy` (to stdout) is always there.
    pub providers: OneOrMany<Text>,
    /// A CEL expression: only such requests are logged, as `response.code >= 400`.
    pub filter: Option<Text>,
}

record!(AccessLog "`accessLog`" { providers, filter });

/// The log of refused requests. An AuthorizationPolicy of action AUDIT alone logs nothing without a plugin.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditLog {
    /// The providers of the mesh's configuration.
    pub providers: OneOrMany<Text>,
}

record!(AuditLog "`auditLog`" { providers });

/// Tracing.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tracing {
    /// The provider of the mesh's configuration; absent: its default.
    pub provider: Option<Text>,
    /// How many of the requests. Absent: as the mesh says.
    pub sampling_percent: Option<Spanned<Percent>>,
    /// Fixed tags of every span.
    pub tags: Named<Text>,
    /// Tags of every span that are read from request headers: tag to header.
    pub header_tags: Named<Text>,
}

record!(Tracing "`tracing`" { provider, sampling_percent, tags, header_tags });
