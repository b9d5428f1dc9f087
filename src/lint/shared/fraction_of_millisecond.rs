//! Lengths of time are whole milliseconds.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::duration::nanoseconds;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3097",
    name: "fraction-of-millisecond",
    severity: Severity::Error,
    equivalents: &["VAL-DUR", "IST0106"],
    why: "Istio hands durations to Envoy in milliseconds and refuses what would be cut off.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    timeout: 1500us #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    timeout: 2ms
",
    run: Run::Values(PLACES, run),
};

/// The places that the validator judges; the API server judges those and more by the rules of the CRDs.
const PLACES: &[(Sort, &str)] = &[
    (Sort::VirtualService, "spec.http[].timeout"),
    (Sort::VirtualService, "spec.http[].retries.perTryTimeout"),
    (Sort::VirtualService, "spec.http[].retries.backoff"),
    (Sort::VirtualService, "spec.http[].fault.delay.fixedDelay"),
    (Sort::VirtualService, "spec.http[].fault.delay.exponentialDelay"),
    (Sort::VirtualService, "spec.http[].corsPolicy.maxAge"),
    (Sort::DestinationRule, "spec.trafficPolicy.outlierDetection.baseEjectionTime"),
    (Sort::DestinationRule, "spec.trafficPolicy.outlierDetection.interval"),
    (Sort::DestinationRule, "spec.trafficPolicy.loadBalancer.warmup.duration"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.http.idleTimeout"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.http.http2KeepAlive.interval"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.http.http2KeepAlive.timeout"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.connectTimeout"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.maxConnectionDuration"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.idleTimeout"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.tcpKeepalive.time"),
    (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.tcpKeepalive.interval"),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].outlierDetection.baseEjectionTime"),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].outlierDetection.interval"),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].loadBalancer.warmup.duration"),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].connectionPool.http.idleTimeout"),
    (
        Sort::DestinationRule,
        "spec.trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive.interval",
    ),
    (
        Sort::DestinationRule,
        "spec.trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive.timeout",
    ),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.connectTimeout"),
    (
        Sort::DestinationRule,
        "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.maxConnectionDuration",
    ),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.idleTimeout"),
    (Sort::DestinationRule, "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.tcpKeepalive.time"),
    (
        Sort::DestinationRule,
        "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.tcpKeepalive.interval",
    ),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.outlierDetection.baseEjectionTime"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.outlierDetection.interval"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.loadBalancer.warmup.duration"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.http.idleTimeout"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.http.http2KeepAlive.interval"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.http.http2KeepAlive.timeout"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.connectTimeout"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.maxConnectionDuration"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.idleTimeout"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.tcpKeepalive.time"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.tcpKeepalive.interval"),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].outlierDetection.baseEjectionTime",
    ),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].outlierDetection.interval"),
    (Sort::DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer.warmup.duration"),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.idleTimeout",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive.interval",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.http2KeepAlive.timeout",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.connectTimeout",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.maxConnectionDuration",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.idleTimeout",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.tcpKeepalive.time",
    ),
    (
        Sort::DestinationRule,
        "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.tcpKeepalive.interval",
    ),
    (Sort::Sidecar, "spec.inboundConnectionPool.http.idleTimeout"),
    (Sort::Sidecar, "spec.inboundConnectionPool.http.http2KeepAlive.interval"),
    (Sort::Sidecar, "spec.inboundConnectionPool.http.http2KeepAlive.timeout"),
    (Sort::Sidecar, "spec.inboundConnectionPool.tcp.connectTimeout"),
    (Sort::Sidecar, "spec.inboundConnectionPool.tcp.maxConnectionDuration"),
    (Sort::Sidecar, "spec.inboundConnectionPool.tcp.idleTimeout"),
    (Sort::Sidecar, "spec.inboundConnectionPool.tcp.tcpKeepalive.time"),
    (Sort::Sidecar, "spec.inboundConnectionPool.tcp.tcpKeepalive.interval"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.http.idleTimeout"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.http.http2KeepAlive.interval"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.http.http2KeepAlive.timeout"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.tcp.connectTimeout"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.tcp.maxConnectionDuration"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.tcp.idleTimeout"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.tcp.tcpKeepalive.time"),
    (Sort::Sidecar, "spec.ingress[].connectionPool.tcp.tcpKeepalive.interval"),
    (Sort::RequestAuthentication, "spec.jwtRules[].timeout"),
];

fn run(value: &Node, findings: &mut Findings<'_>) {
    const MILLISECOND: i64 = 1_000_000;
    // What is shorter than one, the shape of the kind says.
    let Some(text) = value.text() else { return };
    if nanoseconds(text).is_some_and(|it| it >= MILLISECOND && it % MILLISECOND != 0) {
        let message = format!("`{text}` is no whole number of milliseconds");
        findings.push(findings.at(value.span, message).help("round it to milliseconds, as `2ms`"));
    }
}
