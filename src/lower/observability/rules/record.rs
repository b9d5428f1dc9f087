//! What Prometheus computes ahead: rates, ratios and percentiles of every service, and of versions side by side.

use crate::kube::made;
use crate::kube::observability::prometheus_rule::{RecordingRule, Rule, RuleGroup};
use crate::lower::observability::rules::watched::Watched;
use crate::metrics::query::{FAILED, each};
use crate::metrics::{DURATION, Label, Metric, REQUESTS, Services, recorded};
use crate::metrics::{TCP_CLOSED, TCP_OPENED, TCP_RECEIVED, TCP_SENT};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;

/// The window of what is looked at now.
const NOW: &str = "5m";

/// The groups that do not depend on a promise.
pub fn groups(watched: &Watched<'_>) -> Vec<RuleGroup> {
    let mut groups = Vec::new();
    if let Some(services) = watched.http() {
        let mut rules = Vec::new();
        window(watched, &services, NOW, true, &mut rules);
        for (of_100, quantile) in [(50, "0.5"), (90, "0.9"), (99, "0.99")] {
            let expr =
                format!("histogram_quantile({quantile}, {})", watched.recorded(&recorded::buckets(NOW)));
            rules.push(record(&recorded::percentile(of_100), &expr));
        }
        groups.push(RuleGroup { name: "mesh.requests", interval: None, rules });
    }
    if let Some(services) = watched.some(several_versions) {
        groups.push(RuleGroup { name: "mesh.versions", interval: None, rules: versions(watched, &services) });
    }
    if let Some(services) = watched.tcp() {
        let count = |(name, metric): (&str, &Metric)| record(name, &each(metric, &services, &[], &[], NOW));
        let all = [
            (recorded::OPENED, &TCP_OPENED),
            (recorded::CLOSED, &TCP_CLOSED),
            (recorded::RECEIVED, &TCP_RECEIVED),
            (recorded::SENT, &TCP_SENT),
        ];
        let rules = all.into_iter().map(count).collect();
        groups.push(RuleGroup { name: "mesh.connections", interval: None, rules });
    }
    groups
}

/// Requests and failures of a window and, if asked for, how long requests took.
pub fn window(
    watched: &Watched<'_>,
    services: &Services,
    window: &str,
    durations: bool,
    out: &mut Vec<Rule>,
) {
    let requests = recorded::requests(window);
    out.push(record(&requests, &each(&REQUESTS, services, &[], &[], window)));
    let (failed, all) = (each(&REQUESTS, services, &[FAILED], &[], window), watched.recorded(&requests));
    out.push(record(&recorded::errors(window), &ratio(&failed, &all)));
    if durations {
        let buckets = each(&DURATION, services, &[], &[Label::Le], window);
        out.push(record(&recorded::buckets(window), &buckets));
    }
}

fn versions(watched: &Watched<'_>, services: &Services) -> Vec<Rule> {
    let by = [Label::DestinationVersion];
    let all = each(&REQUESTS, services, &[], &by, NOW);
    let failed = each(&REQUESTS, services, &[FAILED], &by, NOW);
    let buckets = each(&DURATION, services, &[], &[Label::DestinationVersion, Label::Le], NOW);
    vec![
        record(recorded::VERSION_REQUESTS, &all),
        record(recorded::VERSION_ERRORS, &ratio(&failed, &watched.recorded(recorded::VERSION_REQUESTS))),
        record(recorded::VERSION_P99, &format!("histogram_quantile(0.99, {buckets})")),
    ]
}

/// A service without a failure has no series of failures, and nothing divided is nothing: hence the zeros.
fn ratio(failed: &str, all: &str) -> String {
    format!("({failed} or {all} * 0) / {all}")
}

fn record(name: &str, expr: &str) -> Rule {
    Rule::Recording(RecordingRule { record: made(name), expr: made(expr) })
}

/// Whether there are versions to be told apart. Flagger's copies carry the same one.
fn several_versions(service: ServiceRef<'_>) -> bool {
    let http = service.service.ports.values().any(|it| it.protocol.is_http());
    let engine = service.profile.engine_of(service);
    http && (service.service.versions.len() > 1 || engine == Some(Engine::ArgoRollouts))
}
