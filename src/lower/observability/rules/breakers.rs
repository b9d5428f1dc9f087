//! Alerts on circuit breakers: pods that are kept out, and requests and connections that are refused.
//!
//! A breaker stands in the proxy of each caller, which knows the service by the name of its cluster, and publishes this
//! only where it is told to.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::{Watched, copied};
use crate::metrics::alert;
use crate::metrics::{
    CONNECTION_OVERFLOW, CONNECTIONS_OPEN, EJECTED, Label, Match, Metric, PENDING_OPEN, PENDING_OVERFLOW,
    REQUESTS_OPEN, cluster,
};
use crate::profile::balance::{CircuitBreaker, ConnectionPool};
use crate::profile::service::Protocol;

/// Those of the services that have a breaker.
pub fn alerts(watched: &Watched<'_>, out: &mut Alerts<'_>) {
    if let Some(clusters) = clusters(watched, |it, _| it.outlier_detection.is_some()) {
        let ejected = now(&EJECTED, &clusters);
        out.raise(&alert::EJECTED, made(&ejected));
    }
    let limits_requests =
        |it: &ConnectionPool| it.http1_max_pending_requests.is_some() || it.http2_max_requests.is_some();
    let requests = clusters(watched, |it, protocol| {
        protocol.is_http() && it.connection_pool.as_ref().is_some_and(limits_requests)
    });
    if let Some(clusters) = requests {
        let refused = refused(&PENDING_OVERFLOW, &clusters);
        let open = [now(&PENDING_OPEN, &clusters), now(&REQUESTS_OPEN, &clusters)].join(" or ");
        out.raise(&alert::BREAKER, made(&format!("{refused} or {open}")));
    }
    // With HTTP, requests wait while there may be no more connections: that alone is no harm.
    let connections = clusters(watched, |it, protocol| {
        !protocol.is_http() && it.connection_pool.as_ref().is_some_and(|it| it.max_connections.is_some())
    });
    if let Some(clusters) = connections {
        let refused = refused(&CONNECTION_OVERFLOW, &clusters);
        let open = now(&CONNECTIONS_OPEN, &clusters);
        out.raise(&alert::BREAKER_CONNECTIONS, made(&format!("{refused} or {open}")));
    }
}

/// What any caller says now.
fn now(gauge: &Metric, clusters: &str) -> String {
    let series = gauge.select(&[Match::Like(Label::ClusterName, clusters)]);
    format!("max by ({}) ({series}) > 0", Label::ClusterName.word())
}

/// What all callers counted of late: a breaker opens and closes between two scrapes.
fn refused(counter: &Metric, clusters: &str) -> String {
    let series = counter.select(&[Match::Like(Label::ClusterName, clusters)]);
    format!("sum by ({}) (rate({series}[5m])) > 0", Label::ClusterName.word())
}

/// A pattern for the ports of services whose breaker is such.
fn clusters(watched: &Watched<'_>, such: impl Fn(&CircuitBreaker, Protocol) -> bool) -> Option<String> {
    let domain = &watched.profile.mesh.cluster_domain;
    let mut patterns = Vec::new();
    for it in &watched.services {
        let Some(breaker) = &it.service.circuit_breaker else { continue };
        for port in it.service.ports.values().filter(|port| such(breaker, port.protocol.value)) {
            let number = port.number.value.0;
            patterns.push(cluster(number, it.name(), watched.namespace, domain, copied(*it)));
        }
    }
    (!patterns.is_empty()).then(|| patterns.join("|"))
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    const BREAKER: &str = "services:\n  plain: { versions: { v1: {} } }\n  hello:\n    versions: { v1: {} }\n    \
                           circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } }\n";

    #[test]
    fn breakers_are_watched_where_there_are_any_and_proxies_tell_of_them() {
        let of = |stats| format!("{BREAKER}observability: {{ rules: true, breakerStats: {stats} }}");
        let text = object(&of(true), "PrometheusRule", "mesh");
        assert!(text.contains("MeshEndpointEjected") && !text.contains("MeshCircuitBreaker"), "{text}");
        assert!(!text.contains(r"plain\\.demo"), "{text}");
        assert!(!object(&of(false), "PrometheusRule", "mesh").contains("MeshEndpointEjected"));
    }
}
