//! How the scenario is watched: logs, traces, metrics, alerts, smoke tests.

use serde::Serialize;

use crate::handbook::services::namespaces;
use crate::handbook::words::{codes, some_codes};
use crate::metrics::{Label, Match, REQUESTS, literal, query};
use crate::profile::Profile;

/// How it is watched.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by a sentence")]
pub struct Watch {
    access_log: Option<Log>,
    audit: Option<String>,
    tracing: Option<Traces>,
    pod_monitor: bool,
    rules: bool,
    dashboard: bool,
    breaker_stats: bool,
    availability: Option<String>,
    p99: Option<String>,
    receivers: Option<String>,
    level: Option<String>,
    format: Option<String>,
    prober: Option<String>,
    smoke: Option<Smoke>,
    dependencies: String,
    plaintext: String,
    hops: String,
}

#[derive(Serialize)]
struct Log {
    providers: String,
    filter: Option<String>,
}

#[derive(Serialize)]
struct Traces {
    provider: Option<String>,
    sampling: Option<String>,
    tags: Option<String>,
    headers: Option<String>,
}

#[derive(Serialize)]
struct Smoke {
    client: String,
    schedule: Option<String>,
    post_sync: bool,
    requests: usize,
}

impl Watch {
    /// What a profile asks for.
    pub fn of(profile: &Profile) -> Self {
        let telemetry = profile.telemetry.as_ref();
        let asked = profile.observability.as_ref();
        let on = |it: fn(&crate::profile::Observability) -> bool| asked.is_some_and(it);
        let slo = asked.and_then(|it| it.slo.as_ref());
        let logs = asked.and_then(|it| it.logs.as_ref());
        let smoke = asked.and_then(|it| it.smoke.as_ref());
        let names = asked.map(|it| codes(it.receivers.names()));
        let own = own(profile);
        let here = [Match::Like(Label::DestinationServiceNamespace, &own)];
        Self {
            access_log: telemetry.and_then(|it| it.access_log.as_ref()).map(|it| Log {
                providers: texts(&it.providers),
                filter: it.filter.as_ref().map(ToString::to_string),
            }),
            audit: telemetry.and_then(|it| it.audit_log.as_ref()).map(|it| texts(&it.providers)),
            tracing: telemetry.and_then(|it| it.tracing.as_ref()).map(traces),
            pod_monitor: on(|it| it.pod_monitor.value),
            rules: on(|it| it.rules.value),
            dashboard: on(|it| it.dashboard.value),
            breaker_stats: on(|it| it.breaker_stats.value),
            availability: slo.map(|it| it.availability.to_string()),
            p99: slo.and_then(|it| it.p99.as_ref()).map(ToString::to_string),
            receivers: names.filter(|it| !it.is_empty()),
            level: logs.and_then(|it| it.level.as_ref()).map(ToString::to_string),
            format: logs.and_then(|it| it.format.as_ref()).map(ToString::to_string),
            prober: smoke.and_then(|it| it.prober.as_ref()).map(ToString::to_string),
            smoke: smoke.map(|it| Smoke {
                client: it.client.to_string(),
                schedule: it.schedule.as_ref().map(ToString::to_string),
                post_sync: it.post_sync.value,
                requests: it.requests.len(),
            }),
            dependencies: query::dependencies(&here, "1h"),
            plaintext: query::plaintext(
                &REQUESTS,
                &here,
                &[Label::SourceWorkload, Label::DestinationServiceName],
                "1h",
            ),
            hops: query::hops(&here, "5m"),
        }
    }
}

/// A regular expression that the namespaces of the profile fit, and no others.
fn own(profile: &Profile) -> String {
    namespaces(profile).into_iter().map(literal).collect::<Vec<_>>().join("|")
}

fn texts(all: &[crate::source::Text]) -> String {
    some_codes(all.iter().map(|it| it.as_str()), 12)
}

fn traces(told: &crate::profile::telemetry::Tracing) -> Traces {
    let tags = told.tags.names().chain(told.header_tags.names());
    let headers = told.header_tags.values().map(|it| it.as_str());
    let some = |text: String| (!text.is_empty()).then_some(text);
    Traces {
        provider: told.provider.as_ref().map(ToString::to_string),
        sampling: told.sampling_percent.map(|it| it.to_string()),
        tags: some(codes(tags)),
        headers: some(codes(headers)),
    }
}
