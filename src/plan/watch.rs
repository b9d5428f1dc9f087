//! What to ask of Prometheus before and after a step, and which answer is good.

use serde::Serialize;

use crate::metrics::{Label, Match, REQUESTS, TCP_OPENED, decimal, query};
use crate::plan::words::span;
use crate::plan::{Act, Flow, Pair, Plan};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::source::Text;

/// A question and its good answer.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// What is asked, as Markdown.
    pub asks: String,
    /// The query.
    pub query: String,
    /// The good answer, as Markdown.
    pub good: String,
}

/// A promise of the profile: the answer to a query must not be more.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is promised, in a word.
    pub what: &'static str,
    /// The query.
    pub query: String,
    /// The most.
    pub most: String,
    /// Where the profile says so.
    pub said: &'static str,
}

const ERRORS: &str = "error ratio";
const SLOW: &str = "p99 in milliseconds";

const MISSED: &str =
    "as before: plaintext that is refused makes no metric of its own, it is only missing here";

/// How long plaintext must not have been seen.
const LOOK_BACK: &str = "7d";

/// The window of rates: as long as the profile's checks are apart, but never shorter than a few scrapes.
pub fn window(profile: &Profile) -> String {
    let Some(rollout) = &profile.rollout else { return "5m".to_owned() };
    let seconds = rollout.interval.millis().div_ceil(1000).max(60);
    if seconds % 60 == 0 { format!("{}m", seconds / 60) } else { format!("{seconds}s") }
}

/// What the profile promises of a version, by its rollout's checks or else by its SLO.
pub fn limits(profile: &Profile, pair: &Pair, version: &str) -> Vec<Limit> {
    let Some(service) = profile.service(&pair.service).filter(|it| is_http(*it)) else { return Vec::new() };
    let checks = profile.rollout.as_ref().and_then(|it| it.checks.as_ref());
    let slo = profile.observability.as_ref().and_then(|it| it.slo.as_ref());
    let rate = checks.and_then(|it| it.success_rate).map(|it| (it.value, "rollout.checks.successRate"));
    let rate = rate.or(slo.map(|it| (it.availability.value, "observability.slo.availability")));
    let p99 = checks.and_then(|it| it.p99.as_ref()).map(|it| (it.millis(), "rollout.checks.p99"));
    let p99 = p99.or(slo.and_then(|it| it.p99.as_ref()).map(|it| (it.millis(), "observability.slo.p99")));
    let of = of_version(service, version);
    let window = window(profile);
    let mut limits = Vec::new();
    limits.extend(rate.map(|(percent, said)| Limit {
        what: ERRORS,
        query: query::error_ratio(&of, &window),
        most: decimal(u64::from(1_000_000 - percent.parts().min(1_000_000)), 6),
        said,
    }));
    limits.extend(p99.map(|(millis, said)| Limit {
        what: SLOW,
        query: query::latency("0.99", &of, &window),
        most: millis.to_string(),
        said,
    }));
    limits
}

/// What to ask before a step is made.
pub fn before(plan: &Plan, act: &Act) -> Vec<Question> {
    let clean = |of: &[Match<'_>], whom: &str| {
        let by = [Label::DestinationWorkloadNamespace, Label::DestinationServiceName];
        let ask = |(what, metric)| Question {
            asks: format!("{what} that {whom} took without mutual TLS in the last {LOOK_BACK}"),
            query: query::plaintext(metric, of, &by, LOOK_BACK),
            good: "an empty answer".to_owned(),
        };
        [("requests", &REQUESTS), ("TCP connections", &TCP_OPENED)].map(ask).to_vec()
    };
    match (act, pair(plan)) {
        (Act::Strict(namespace), _) => {
            clean(&[Match::Is(Label::DestinationWorkloadNamespace, namespace)], &span(namespace))
        }
        (Act::StrictMesh, _) => clean(&[], "any service of the mesh"),
        (Act::Unroute | Act::Remove, Some((service, pair))) => vec![silence(plan, service, pair)],
        _ => Vec::new(),
    }
}

/// What to ask once a step has been made.
pub fn after(plan: &Plan, act: &Act) -> Vec<Question> {
    let window = window(&plan.profile);
    match (act, pair(plan)) {
        (Act::Start, Some((service, pair))) => {
            let version = if plan.flow == Flow::Rollback { &pair.new } else { &pair.old };
            health(plan, pair, service, version, None)
        }
        (Act::Share(share), Some((service, pair))) => {
            let mut all = vec![share_of(plan, service, pair, *share)];
            let both = *share > 0 && *share < 100 && plan.flow != Flow::Rollback;
            let compared =
                Some(&pair.old).filter(|_| both && limits(&plan.profile, pair, &pair.new).is_empty());
            if *share > 0 {
                all.extend(health(plan, pair, service, &pair.new, compared));
            }
            if *share == 0 || compared.is_some() {
                all.extend(health(plan, pair, service, &pair.old, None));
            }
            all
        }
        (Act::Unroute | Act::Remove, Some((service, pair))) => health(plan, pair, service, &pair.new, None),
        (Act::Rules | Act::DenyAll, _) => vec![Question {
            asks: "requests a second that rules refuse, by service and caller".to_owned(),
            query: query::refusals(&[], &window),
            good: "nobody who should be let in".to_owned(),
        }],
        (Act::Strict(namespace), _) => {
            let of = [Match::Is(Label::DestinationWorkloadNamespace, namespace.as_str())];
            vec![Question {
                asks: format!("requests a second to {}", span(namespace)),
                query: query::request_rate(&of, &window),
                good: "as before: plaintext that is refused makes no metric, it is only missing here"
                    .to_owned(),
            }]
        }
        (Act::StrictMesh, _) => vec![Question {
            asks: "requests a second in the whole mesh".to_owned(),
            query: query::request_rate(&[], &window),
            good: MISSED.to_owned(),
        }],
        _ => Vec::new(),
    }
}

fn pair(plan: &Plan) -> Option<(ServiceRef<'_>, &Pair)> {
    let pair = plan.pair.as_ref()?;
    plan.profile.service(&pair.service).map(|it| (it, pair))
}

fn is_http(service: ServiceRef<'_>) -> bool {
    service.service.ports.values().any(|it| it.protocol.is_http())
}

fn of_service(service: ServiceRef<'_>) -> [Match<'_>; 2] {
    [
        Match::Is(Label::DestinationServiceNamespace, service.namespace()),
        Match::Is(Label::DestinationServiceName, service.name()),
    ]
}

fn of_version<'a>(service: ServiceRef<'a>, version: &'a str) -> [Match<'a>; 3] {
    let [namespace, name] = of_service(service);
    [namespace, name, Match::Is(Label::DestinationVersion, version)]
}

/// Whether the step has arrived.
fn share_of(plan: &Plan, service: ServiceRef<'_>, pair: &Pair, share: u32) -> Question {
    let window = window(&plan.profile);
    let (part, whole) = (of_version(service, &pair.new), of_service(service));
    let (what, query) = if is_http(service) {
        ("requests", query::request_share(&part, &whole, &window))
    } else {
        ("connections", query::connection_share(&part, &whole, &window))
    };
    let also = service
        .service
        .routes
        .values()
        .any(|it| !crate::plan::shares::is_moved(it, pair) && it.split.get(&pair.new).is_some());
    let more = if also { ", and what routes of their own send it" } else { "" };
    Question {
        asks: format!(
            "the part of the {what} that {} gets, which shows that the step has arrived",
            span(&pair.new)
        ),
        query,
        good: format!("about {}{more}", decimal(u64::from(share), 2)),
    }
}

fn silence(plan: &Plan, service: ServiceRef<'_>, pair: &Pair) -> Question {
    let (of, window) = (of_version(service, &pair.old), window(&plan.profile));
    let (what, query) = if is_http(service) {
        ("requests", query::request_rate(&of, &window))
    } else {
        ("connections", query::connection_rate(&of, &window))
    };
    Question {
        asks: format!("{what} a second to {}", span(&pair.old)),
        query,
        good: "0, or an empty answer".to_owned(),
    }
}

/// Errors and slow answers of a version, where nothing is promised beside those of another; of bytes only the
/// connections are known.
fn health(
    plan: &Plan,
    pair: &Pair,
    service: ServiceRef<'_>,
    version: &str,
    compared: Option<&Text>,
) -> Vec<Question> {
    let window = window(&plan.profile);
    let of = of_version(service, version);
    if !is_http(service) {
        return vec![Question {
            asks: format!("connections a second to {}", span(version)),
            query: query::connection_rate(&of, &window),
            good: "as its share says: of connections the mesh knows neither errors nor answers".to_owned(),
        }];
    }
    let limits = limits(&plan.profile, pair, version);
    let usual = compared
        .map_or_else(|| "no more than before".to_owned(), |it| format!("no more than of {}", span(it)));
    let good = |what: &str| {
        let known = limits.iter().find(|it| it.what == what);
        known.map_or_else(|| usual.clone(), |it| format!("at most {}, as {} says", it.most, span(it.said)))
    };
    vec![
        Question {
            asks: format!("the part of the requests that {} fails", span(version)),
            query: query::error_ratio(&of, &window),
            good: good(ERRORS),
        },
        Question {
            asks: format!("what 99 of 100 answers of {} do not exceed, in milliseconds", span(version)),
            query: query::latency("0.99", &of, &window),
            good: good(SLOW),
        },
    ]
}
