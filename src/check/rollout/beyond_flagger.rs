//! A service under Flagger says nothing that a Canary cannot say.

use crate::check::walk::released;
use crate::diag::{Diagnostic, Severity};
use crate::profile::action::Rewrite;
use crate::profile::balance::{CircuitBreaker, ConnectionPool, LoadBalancer, Locality};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::traffic::{Match, Retries, Route, TextMatch};
use crate::profile::{Profile, Service};
use crate::rule::{Findings, Rule};
use crate::source::{Span, Text};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2410",
    name: "beyond-flagger",
    severity: Severity::Error,
    equivalents: &["ENGINE003"],
    why: "Flagger makes the VirtualService and the DestinationRules from its Canary. What a Canary has no word for, the API \
          server throws away, or Flagger does when it copies: the limit is gone and nobody is told.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      default: { fault: { abort: { httpStatus: 503 } } } #~
    circuitBreaker:
      connectionPool: { maxConnections: 100 } #~
  shop:
    ports: { http: { number: 80 }, admin: { number: 81 } } #~
    versions: { v1: {} }
    routes:
      readers: { match: { headers: { x-old: { absent: true } } } } #~
      default: { timeout: 1s } #~
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 } }
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { timeout: 1s, retries: { attempts: 2 } } }
    circuitBreaker:
      connectionPool: { http1MaxPendingRequests: 100 }
      outlierDetection: { consecutive5xxErrors: 5 }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (service, _) in released(profile).filter(|(_, engine)| *engine == Engine::Flagger) {
        let mut told = Vec::new();
        of_service(service, &mut told);
        hosts(service, &mut told);
        for (span, what) in told {
            findings.push(finding(service, span, &what, findings));
        }
    }
}

fn finding(service: ServiceRef<'_>, span: Span, what: &str, findings: &Findings<'_>) -> Diagnostic {
    let message = format!("`{}` is released by Flagger, which cannot give it {what}", service.id);
    let finding = findings.at(span, message).related(service.id.span, "released by Flagger");
    finding.help("use `engine: argo-rollouts`, which leaves routes and limits to meshgen, or take this away")
}

/// A place, and what Flagger cannot give the service.
type Told = Vec<(Span, String)>;

fn of_service(service: ServiceRef<'_>, told: &mut Told) {
    let Service {
        name: _,
        namespace: _,
        service_account: _,
        ports,
        versions: _,
        routes,
        load_balancer,
        circuit_breaker,
        mtls: _,
        export_to,
    } = service.service;
    told.extend(export_to.iter().map(|it| (it.span, "`exportTo`".to_owned())));
    told.extend(
        ports.iter().skip(1).map(|(name, _)| (name.span, format!("the port `{name}` beside its first"))),
    );
    told.extend(
        routes.iter().skip(1).map(|(name, _)| (name.span, format!("the route `{name}` beside its first"))),
    );
    routes.iter().for_each(|(name, it)| of_route(name, it, told));
    balance(load_balancer, told);
    let breaker = circuit_breaker.as_deref();
    if let Some(CircuitBreaker { connection_pool: Some(it), outlier_detection: _ }) = breaker {
        pool(it, told);
    }
}

fn of_route(name: &Text, route: &Route, told: &mut Told) {
    let Route {
        r#match,
        before: _,
        split: _,
        timeout: _,
        retries,
        fault,
        mirror,
        rewrite,
        redirect,
        respond,
        headers: _,
        cors: _,
    } = route;
    let words = [
        ("fault", fault.is_some()),
        ("mirror", mirror.is_some()),
        ("redirect", redirect.is_some()),
        ("respond", respond.is_some()),
    ];
    for (word, _) in words.iter().filter(|(_, there)| *there) {
        told.push((name.span, format!("`{word}` of the route `{name}`")));
    }
    if let Some(Retries { attempts: _, per_try_timeout: _, retry_on: _, backoff, retry_remote_localities }) =
        retries
    {
        told.extend(backoff.as_ref().map(|it| (it.span, "`retries.backoff`".to_owned())));
        told.extend(retry_remote_localities.map(|it| (it.span, "`retryRemoteLocalities`".to_owned())));
    }
    if let Some(Rewrite { uri: _, uri_regex: Some(regex), authority: _ }) = rewrite.as_deref() {
        told.push((regex.r#match.span, "`rewrite.uriRegex`".to_owned()));
    }
    if let Some(it) = r#match {
        condition(it, told);
    }
}

/// The Canary takes these words, and Flagger does not copy them: more requests would match than were meant.
fn condition(condition: &Match, told: &mut Told) {
    let Match { path: _, method: _, headers, query: _, caller } = condition;
    told.extend(caller.iter().map(|it| (it.span, format!("a route for the caller `{it}`"))));
    let absent = headers.iter().filter(|(_, it)| matches!(it, TextMatch::Absent(_)));
    told.extend(
        absent.map(|(name, _)| (name.span, format!("a route for requests without the header `{name}`"))),
    );
}

fn balance(balancer: &LoadBalancer, told: &mut Told) {
    let LoadBalancer { simple: _, consistent_hash, warmup: _, locality } = balancer;
    let parameter = consistent_hash.as_ref().and_then(|it| it.http_query_parameter_name.as_ref());
    told.extend(parameter.map(|it| (it.span, "`consistentHash.httpQueryParameterName`".to_owned())));
    if let Some(Locality { failover: _, failover_priority, distribute: _ }) = locality {
        let first = failover_priority.first();
        told.extend(first.map(|it| (it.span, "`locality.failoverPriority`".to_owned())));
    }
}

fn pool(pool: &ConnectionPool, told: &mut Told) {
    let ConnectionPool {
        max_connections,
        connect_timeout,
        max_connection_duration,
        http1_max_pending_requests: _,
        http2_max_requests: _,
        max_requests_per_connection: _,
        max_retries: _,
        idle_timeout: _,
    } = pool;
    let tcp = [
        ("maxConnections", max_connections.map(|it| it.span)),
        ("connectTimeout", connect_timeout.as_ref().map(|it| it.span)),
        ("maxConnectionDuration", max_connection_duration.as_ref().map(|it| it.span)),
    ];
    told.extend(tcp.into_iter().filter_map(|(word, span)| Some((span?, format!("`connectionPool.{word}`")))));
}

/// Its one VirtualService is for the sidecars too, where a host with a `*` would catch calls of others.
fn hosts(service: ServiceRef<'_>, told: &mut Told) {
    for (host, to) in service.profile.gateway.iter().flat_map(|it| it.hosts.iter()) {
        let mine = || service.profile.service(&to.service).is_some_and(|it| it.id == service.id);
        if host.starts_with('*') && mine() {
            told.push((host.span, format!("the host `{host}` of the gateway")));
        }
    }
}
