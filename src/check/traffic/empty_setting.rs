//! What is written sets something.

use crate::check::walk::{RouteRef, Seen, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::action::{Cors, HeaderChange, Headers, Redirect, Rewrite};
use crate::profile::balance::{CircuitBreaker, ConnectionPool, OutlierDetection};
use crate::profile::traffic::Fault;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2012",
    name: "empty-setting",
    severity: Severity::Error,
    equivalents: &["VAL-VS-18", "VAL-VS-19", "VAL-VS-22", "VAL-DR-05"],
    why: "A rewrite that rewrites nothing, a fault without delay and abort, limits without a limit: Istio refuses most \
          of them, and none of them does what somebody meant.",
    bad: "
services:
  hello: #~
    versions: { v1: {} }
    circuitBreaker: { connectionPool: {} }
    routes:
      a: { match: { path: /a }, rewrite: {} } #~
      b: { match: { path: /b }, redirect: { code: 308 } } #~
      default: { split: { v1: 100 }, fault: {}, headers: { request: {} }, cors: { allowMethods: GET } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    circuitBreaker: { connectionPool: { maxConnections: 10 } }
    routes:
      a: { match: { path: { prefix: /a/ } }, rewrite: { uri: / } }
      b: { match: { path: /b }, redirect: { uri: /c, code: 308 } }
      default: { split: { v1: 100 }, fault: { delay: { fixedDelay: 1s, percent: 1 } }, headers: { request: { remove: x-a } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        for (key, wanted) in blank(it) {
            let finding = findings.at(it.name.span, format!("`{key}` of {it} sets nothing"));
            findings.push(finding.help(format!("give it {wanted}, or take it away")));
        }
    }
    let mut seen = Seen::default();
    for (id, service) in profile.services.iter() {
        let Some(breaker) = service.circuit_breaker.as_ref().filter(|it| seen.first(it)) else { continue };
        for (key, wanted) in blank_limits(breaker) {
            let finding = findings.at(id.span, format!("`{key}` of `{id}` sets nothing"));
            findings.push(finding.help(format!("give it {wanted}, or take it away")));
        }
    }
    for (id, service) in profile.services.iter() {
        if service.mtls.as_ref().is_some_and(|it| it.mode.is_none() && it.ports.is_empty()) {
            let finding = findings.at(id.span, format!("`mtls` of `{id}` sets nothing"));
            findings.push(finding.help("give it a mode, or take it away"));
        }
    }
    if let Some(telemetry) = &profile.telemetry
        && telemetry.access_log.is_none()
        && telemetry.tracing.is_none()
    {
        let finding = findings.at(profile.namespace.span, "`telemetry` sets nothing");
        findings.push(finding.help("give it `accessLog` or `tracing`, or take it away"));
    }
}

/// The parts of a route that set nothing, each with what they could set.
fn blank(it: RouteRef<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let route = it.route;
    let rewrite = |Rewrite { uri, uri_regex, authority }: &Rewrite| {
        uri.is_none() && uri_regex.is_none() && authority.is_none()
    };
    let redirect = |Redirect { uri, authority, scheme, port, code: _ }: &Redirect| {
        uri.is_none() && authority.is_none() && scheme.is_none() && port.is_none()
    };
    let fault = |Fault { delay, abort }: &Fault| delay.is_none() && abort.is_none();
    let idle = |it: &Option<HeaderChange>| {
        it.as_ref().is_some_and(|it| it.set.is_empty() && it.add.is_empty() && it.remove.is_empty())
    };
    let headers = |it: &Headers| {
        idle(&it.request) || idle(&it.response) || it.request.is_none() && it.response.is_none()
    };
    let cors = |it: &Cors| it.allow_origins.is_empty();
    [
        route
            .rewrite
            .as_deref()
            .is_some_and(rewrite)
            .then_some(("rewrite", "`uri`, `uriRegex` or `authority`")),
        route
            .redirect
            .as_deref()
            .is_some_and(redirect)
            .then_some(("redirect", "a `uri`, `authority`, `scheme` or `port`")),
        route.fault.as_deref().is_some_and(fault).then_some(("fault", "a `delay` or an `abort`")),
        route.headers.as_deref().is_some_and(headers).then_some(("headers", "headers to set, add or remove")),
        route.cors.as_deref().is_some_and(cors).then_some(("cors", "`allowOrigins`")),
    ]
    .into_iter()
    .flatten()
}

fn blank_limits(breaker: &CircuitBreaker) -> impl Iterator<Item = (&'static str, &'static str)> {
    let CircuitBreaker { connection_pool, outlier_detection } = breaker;
    let neither = connection_pool.is_none() && outlier_detection.is_none();
    [
        neither.then_some(("circuitBreaker", "`connectionPool` or `outlierDetection`")),
        connection_pool.as_ref().is_some_and(no_limit).then_some(("connectionPool", "a limit")),
        outlier_detection
            .as_ref()
            .is_some_and(no_condition)
            .then_some(("outlierDetection", "`consecutive5xxErrors`")),
    ]
    .into_iter()
    .flatten()
}

fn no_limit(pool: &ConnectionPool) -> bool {
    let numbers = [
        &pool.max_connections,
        &pool.http1_max_pending_requests,
        &pool.http2_max_requests,
        &pool.max_requests_per_connection,
        &pool.max_retries,
    ];
    let times = [&pool.connect_timeout, &pool.max_connection_duration, &pool.idle_timeout];
    numbers.iter().all(|it| it.is_none()) && times.iter().all(|it| it.is_none())
}

fn no_condition(outlier: &OutlierDetection) -> bool {
    let counts = outlier.consecutive5xx_errors.is_none() && outlier.consecutive_gateway_errors.is_none();
    let times = outlier.interval.is_none() && outlier.base_ejection_time.is_none();
    counts && times && outlier.max_ejection_percent.is_none() && outlier.min_health_percent.is_none()
}
