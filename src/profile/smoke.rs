//! Requests that we make ourselves: to see that all is well, and to show what happens under load.

use schemars::JsonSchema;

use crate::source::{Spanned, Text};
use crate::units::Duration;
use crate::yaml::{Named, record};

/// Requests that are made again and again to see that all is well.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Smoke {
    /// The client of the profile whose image and identity are used.
    pub client: Text,
    /// When, as a cron line: a CronJob. Absent: no CronJob.
    pub schedule: Option<Text>,
    /// Whether Argo CD runs it after each sync: a Job with a PostSync hook.
    pub post_sync: Spanned<bool>,
    /// The address of a blackbox exporter that asks every gateway host: a Probe. Absent: no Probe.
    pub prober: Option<Text>,
    /// The requests by name.
    pub requests: Named<SmokeRequest>,
}

record!(Smoke "`smoke`" { client, schedule, post_sync, prober, requests });

/// One request and its answer.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SmokeRequest {
    /// The service, by id or `namespace/name`.
    pub to: Text,
    /// The path. Default: `/`.
    pub path: Option<Text>,
    /// The status that is right. Default: 200.
    pub status: Option<Spanned<u32>>,
}

record!(SmokeRequest "a smoke request" { to, path, status });

/// Load on a service, to be started by hand: a suspended CronJob that `load.sh` makes a Job of.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Load {
    /// The service, by id or `namespace/name`.
    pub to: Text,
    /// The client of the profile whose identity calls.
    pub from: Text,
    /// The image; its program must be Fortio.
    pub image: Text,
    /// Path and query. Default: `/`.
    pub path: Option<Text>,
    /// Headers of every request.
    pub headers: Named<Text>,
    /// Requests a second; 0 is as many as go through.
    pub requests_per_second: Spanned<u32>,
    /// Connections at the same time.
    pub connections: Spanned<u32>,
    /// How long.
    pub duration: Spanned<Duration>,
}

record!(Load "a load" { to, from, image, path, headers, requests_per_second, connections, duration });
