//! Balancing and circuit breakers, and the loads that show a breaker at work.

use serde::Serialize;

use crate::handbook::words::{all_of, span, table_of};
use crate::metrics::{EJECTED, Label, Match, PENDING_OVERFLOW};
use crate::profile::Profile;
use crate::profile::balance::{Balance, CircuitBreaker, ConnectionPool, LoadBalancer, OutlierDetection};
use crate::profile::lookup::ServiceRef;
use crate::profile::workload::{EnvValue, Version};
use crate::template::code;

/// The breakers of a profile.
#[derive(Serialize)]
pub struct Breakers {
    table: Option<String>,
    limits: bool,
    ejects: bool,
    /// Whether proxies publish the state of breakers.
    stats: bool,
    overflow_query: String,
    ejected_query: String,
    demos: Vec<Demo>,
}

/// A load, and what it makes of a service.
#[derive(Serialize)]
struct Demo {
    name: String,
    job: String,
    namespace: String,
    service: String,
    client: String,
    connections: u32,
    rate: u32,
    duration: String,
    path: String,
    headers: Option<String>,
    /// What of the service's limits is less than the load.
    overflows: Option<String>,
    /// The load asks for no more than the limits let through.
    fits: bool,
    /// The versions that a header of the load makes fail.
    fails: Option<String>,
    ejection: Option<String>,
    /// Every pod of a version may be put aside at the same time.
    all_out: bool,
    /// The breaker has the numbers with which real proxies were measured.
    measured: bool,
}

impl Breakers {
    /// Those of a profile.
    pub fn of(profile: &Profile) -> Self {
        let breakers = || profile.services.values().filter_map(|it| it.circuit_breaker.as_ref());
        Self {
            table: table(profile),
            limits: breakers().any(|it| it.connection_pool.is_some()),
            ejects: breakers().any(|it| it.outlier_detection.is_some()),
            stats: profile.observability.as_ref().is_some_and(|it| it.breaker_stats.value),
            overflow_query: format!("sum by (pod, cluster_name) (rate({}[1m]))", all(&PENDING_OVERFLOW)),
            ejected_query: format!("sum by (pod, cluster_name) ({})", all(&EJECTED)),
            demos: profile.load.iter().filter_map(|(name, it)| demo(profile, name, it)).collect(),
        }
    }
}

fn all(metric: &crate::metrics::Metric) -> String {
    metric.select(&[Match::Like(Label::ClusterName, "outbound.*")])
}

/// How requests are balanced, service by service.
pub fn balance(profile: &Profile) -> Option<String> {
    let rows = profile
        .service_refs()
        .map(|it| vec![code(it.name()), code(it.namespace()), way(&it.service.load_balancer)]);
    table_of(&["Service", "Namespace", "Balancing"], &rows.collect::<Vec<_>>())
}

fn way(balancer: &LoadBalancer) -> String {
    let LoadBalancer { simple, consistent_hash, warmup, locality } = balancer;
    let simple = simple.map(|it| match it.value {
        Balance::LeastRequest => "the pod with the fewer open requests, of two at random",
        Balance::RoundRobin => "one pod after the other",
        Balance::Random => "any pod",
        Balance::Passthrough => "the pod that the caller asked for",
    });
    let hash = consistent_hash.as_ref().map(|it| {
        let key = it.http_header_name.as_ref().map(|it| format!("header {}", code(it)));
        let key = key.or_else(|| it.http_cookie.as_ref().map(|it| format!("cookie {}", code(&it.name))));
        let key =
            key.or_else(|| it.http_query_parameter_name.as_ref().map(|it| format!("parameter {}", code(it))));
        format!("the same pod for the same {}", key.unwrap_or_else(|| "address".to_owned()))
    });
    let warmup = warmup.as_ref().map(|it| format!("new pods are spared for {it}"));
    let near = locality.as_ref().map(|it| {
        let words = if it.distribute.is_empty() {
            "near pods before far ones"
        } else {
            "shared out by region and zone"
        };
        words.to_owned()
    });
    let parts: Vec<String> =
        simple.map(str::to_owned).into_iter().chain(hash).chain(warmup).chain(near).collect();
    parts.join("; ")
}

fn table(profile: &Profile) -> Option<String> {
    let rows = profile.service_refs().filter_map(|it| {
        let breaker = it.service.circuit_breaker.as_ref()?;
        Some(vec![code(it.name()), code(it.namespace()), limits(breaker), ejection(breaker)])
    });
    table_of(
        &["Service", "Namespace", "Limits of each calling proxy", "A pod is put aside"],
        &rows.collect::<Vec<_>>(),
    )
}

fn limits(breaker: &CircuitBreaker) -> String {
    let Some(pool) = &breaker.connection_pool else { return "none".to_owned() };
    let count = |it: Option<crate::source::Spanned<u32>>, one: &str, many: &str| {
        it.map(|it| format!("{it} {}", if it.value == 1 { one } else { many }))
    };
    let time = |it: &Option<crate::source::Spanned<crate::units::Duration>>, what: &str| {
        it.as_ref().map(|it| format!("{what} {it}"))
    };
    let parts = [
        count(pool.max_connections, "connection", "connections"),
        count(pool.http1_max_pending_requests, "waiting request", "waiting requests"),
        count(pool.http2_max_requests, "request at a time", "requests at a time"),
        count(pool.max_requests_per_connection, "request a connection", "requests a connection"),
        count(pool.max_retries, "retry at a time", "retries at a time"),
        time(&pool.connect_timeout, "connects within"),
        time(&pool.max_connection_duration, "a connection lives"),
        time(&pool.idle_timeout, "idle for"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn ejection(breaker: &CircuitBreaker) -> String {
    let Some(it) = &breaker.outlier_detection else { return "never".to_owned() };
    let OutlierDetection { interval, base_ejection_time, max_ejection_percent, min_health_percent, .. } = it;
    let errors = it.consecutive5xx_errors.map(|it| format!("{it} answers of 5xx"));
    let gateway = it.consecutive_gateway_errors.map(|it| format!("{it} answers of 502, 503 or 504"));
    let causes: Vec<String> = errors.into_iter().chain(gateway).collect();
    let causes = if causes.is_empty() { "5 answers of 5xx".to_owned() } else { causes.join(" or ") };
    let interval = interval.as_ref().map_or(10_000, |it| it.millis());
    let base = base_ejection_time.as_ref().map_or(30_000, |it| it.millis());
    let most = max_ejection_percent.map_or(10, |it| it.0);
    let least = min_health_percent.filter(|it| it.0 > 0);
    let least = least.map_or_else(String::new, |it| format!(", none below {it} % healthy pods"));
    format!(
        "after {causes} in a row, for {} (longer each time); looked at every {}; at most {most} % at a time{least}",
        span(base),
        span(interval)
    )
}

fn demo(profile: &Profile, name: &str, load: &crate::profile::Load) -> Option<Demo> {
    let service = profile.service(&load.to)?;
    let client = profile.client(&load.from)?;
    let breaker = service.service.circuit_breaker.as_ref();
    let pool = breaker.and_then(|it| it.connection_pool.as_ref());
    let headers = load.headers.iter().map(|(name, value)| format!("{}: {}", code(name), code(value)));
    let headers: Vec<String> = headers.collect();
    Some(Demo {
        name: name.to_owned(),
        job: format!("load-{name}"),
        namespace: client.namespace().to_string(),
        service: service.name().to_string(),
        client: client.name().to_string(),
        connections: load.connections.value,
        rate: load.requests_per_second.value,
        duration: load.duration.to_string(),
        path: load.path.as_ref().map_or_else(|| "/".to_owned(), ToString::to_string),
        headers: (!headers.is_empty()).then(|| all_of(&headers)),
        overflows: pool.and_then(|it| overflows(service, it, load.connections.value)),
        fits: pool.and_then(|it| it.max_connections).is_some_and(|it| load.connections.value <= it.value),
        fails: breaker.filter(|it| it.outlier_detection.is_some()).and_then(|_| fails(service, load)),
        ejection: breaker.filter(|it| it.outlier_detection.is_some()).map(|it| ejection(it)),
        all_out: breaker
            .and_then(|it| it.outlier_detection.as_ref()?.max_ejection_percent)
            .is_some_and(|it| it.0 == 100),
        measured: breaker.is_some_and(|it| measured(it)),
    })
}

/// Versions that the load makes fail: a variable of theirs names one of its headers, and the header names a status.
fn fails(service: ServiceRef<'_>, load: &crate::profile::Load) -> Option<String> {
    let asked = |header: &str| {
        load.headers.iter().any(|(name, value)| name.eq_ignore_ascii_case(header) && is_failure(value))
    };
    let told = |version: &Version| {
        version.env.values().any(|value| matches!(value, EnvValue::Text(header) if asked(header)))
    };
    let versions = service.service.versions.iter().filter(|(_, version)| told(version));
    let names: Vec<String> = versions.map(|(name, _)| code(name)).collect();
    (!names.is_empty()).then(|| all_of(&names))
}

/// A status by which outlier detection counts, alone or first in a list.
fn is_failure(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3 && text.starts_with('5')
}

/// One connection, one that waits, out after three errors for 30 s, looked at every 5 s: what the numbers in the runbook
/// were measured with.
fn measured(breaker: &CircuitBreaker) -> bool {
    let (Some(pool), Some(outliers)) = (&breaker.connection_pool, &breaker.outlier_detection) else {
        return false;
    };
    pool.max_connections.is_some_and(|it| it.value == 1)
        && pool.http1_max_pending_requests.is_some_and(|it| it.value == 1)
        && outliers.consecutive5xx_errors.is_some_and(|it| it.value == 3)
        && outliers.interval.as_ref().is_some_and(|it| it.millis() == 5_000)
        && outliers.base_ejection_time.as_ref().is_some_and(|it| it.millis() == 30_000)
}

/// The load opens more at a time than the limits let through; HTTP/1.1 has one request a connection.
fn overflows(service: ServiceRef<'_>, pool: &ConnectionPool, connections: u32) -> Option<String> {
    let plain =
        service.service.ports.values().next()?.protocol.value == crate::profile::service::Protocol::Http;
    let (most, waiting) = (pool.max_connections?.value, pool.http1_max_pending_requests?.value);
    let through = most.saturating_add(waiting);
    (plain && connections > through).then(|| {
        format!("the limits ({most} at work, {waiting} waiting) are less than {connections} at a time")
    })
}
