//! How the mesh is watched, rolled out and delivered. Only `telemetry` and `delivery.syncWaves` are compiled so far.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::{Duration, Percent};
use crate::yaml::{FromScalar, Named, OneOrMany, Scalar, Wrong, choose, record, words};

/// Access logs and tracing, as one Telemetry a namespace.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Telemetry {
    /// What is logged; absent: what the mesh logs.
    pub access_log: Option<AccessLog>,
    /// What is traced; absent: what the mesh traces.
    pub tracing: Option<Tracing>,
}

record!(Telemetry "`telemetry`" { access_log, tracing });

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

/// Metrics, alerts and dashboards.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observability {
    /// The Prometheus that scrapes: NetworkPolicy objects let it in.
    pub prometheus: Option<Prometheus>,
    /// Whether a PodMonitor is emitted.
    pub pod_monitor: Option<Spanned<bool>>,
    /// Whether a PrometheusRule is emitted.
    pub rules: Option<Spanned<bool>>,
    /// Whether a Grafana dashboard is emitted.
    pub dashboard: Option<Spanned<bool>>,
    /// What is promised.
    pub slo: Option<Slo>,
}

record!(Observability "`observability`" { prometheus, pod_monitor, rules, dashboard, slo });

/// The Prometheus that scrapes.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prometheus {
    /// Its namespace.
    pub namespace: Text,
    /// Its service account; absent: not named.
    pub service_account: Option<Text>,
}

record!(Prometheus "`prometheus`" { namespace, service_account });

/// What is promised to callers.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Slo {
    /// The percentage of requests that do not fail.
    pub availability: Spanned<Percent>,
    /// What 99 of 100 requests do not exceed.
    pub p99: Option<Spanned<Duration>>,
}

record!(Slo "`slo`" { availability, p99 });

/// Automatic rollout and rollback.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollout {
    /// Who moves the weights.
    pub engine: Spanned<Engine>,
    /// The services concerned; absent: all.
    pub services: OneOrMany<Text>,
    /// The percentages of the new version, one after the other.
    pub steps: OneOrMany<Spanned<Percent>>,
    /// How long a step lasts.
    pub interval: Option<Spanned<Duration>>,
    /// What must hold to go on.
    pub checks: Option<Checks>,
}

record!(Rollout "`rollout`" { engine, services, steps, interval, checks });

/// Who moves the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Flagger.
    Flagger,
    /// Argo Rollouts.
    ArgoRollouts,
    /// Commits.
    Git,
}

const ENGINES: &[(&str, Engine)] =
    &[("flagger", Engine::Flagger), ("argo-rollouts", Engine::ArgoRollouts), ("git", Engine::Git)];

impl FromScalar for Engine {
    const EXPECTS: &'static str = "`flagger`, `argo-rollouts` or `git`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, ENGINES)
    }

    fn schema() -> Schema {
        words(ENGINES)
    }
}

/// What must hold for a rollout to go on.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checks {
    /// The least percentage of requests that do not fail.
    pub success_rate: Option<Spanned<Percent>>,
    /// What 99 of 100 requests do not exceed.
    pub p99: Option<Spanned<Duration>>,
}

record!(Checks "`checks`" { success_rate, p99 });

/// How the bundle gets to the cluster.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivery {
    /// Whether every object carries its place in the order as an Argo CD sync wave.
    pub sync_waves: Spanned<bool>,
    /// Which tool applies.
    pub tool: Option<Spanned<Tool>>,
    /// The Git repository.
    pub repo: Option<Text>,
    /// The folder in it.
    pub path: Option<Text>,
    /// The branch, tag or commit.
    pub revision: Option<Text>,
}

record!(Delivery "`delivery`" { sync_waves, tool, repo, path, revision });

/// Which tool applies the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Argo CD.
    ArgoCd,
    /// Flux.
    Flux,
}

const TOOLS: &[(&str, Tool)] = &[("argo-cd", Tool::ArgoCd), ("flux", Tool::Flux)];

impl FromScalar for Tool {
    const EXPECTS: &'static str = "`argo-cd` or `flux`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, TOOLS)
    }

    fn schema() -> Schema {
        words(TOOLS)
    }
}
