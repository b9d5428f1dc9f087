//! The metrics of mesh and proxies: what rules, panels, analyses and documents ask for, spelt in one table.

pub mod alert;
mod decimal;
mod label;
pub mod panel;
pub mod query;
pub mod recorded;
mod select;
mod services;

pub use decimal::decimal;
pub use label::Label;
pub use select::{Match, literal, quoted};
pub use services::{COPIES, Services, cluster};

use Label as L;

/// A metric that a Prometheus of the mesh has, and the labels that our questions may use.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Its labels, and those that a scrape adds, in groups.
    pub labels: &'static [&'static [Label]],
    /// What it tells, as a sentence's end.
    pub help: &'static str,
}

/// What the values of a metric are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// They only grow: ask for the `rate`.
    Counter,
    /// They go up and down.
    Gauge,
    /// The buckets of a histogram: ask for a `histogram_quantile`.
    Buckets,
}

/// What the proxies of both ends tell of anything. Source: Istio's reference of standard metrics.
const ENDS: &[Label] = &[
    L::Reporter,
    L::SourceWorkload,
    L::SourceWorkloadNamespace,
    L::SourcePrincipal,
    L::DestinationWorkload,
    L::DestinationWorkloadNamespace,
    L::DestinationVersion,
    L::DestinationService,
    L::DestinationServiceName,
    L::DestinationServiceNamespace,
    L::RequestProtocol,
    L::ResponseFlags,
    L::ConnectionSecurityPolicy,
    L::Pod,
    L::Namespace,
];

/// What they tell of a request besides.
const ANSWER: &[Label] = &[L::ResponseCode, L::GrpcResponseStatus];

/// What Envoy tells of a cluster: a subset of a service, as one caller sees it.
const CLUSTER: &[Label] = &[L::ClusterName, L::Pod, L::Namespace];

/// Requests that ended.
pub static REQUESTS: Metric = Metric {
    name: "istio_requests_total",
    kind: Kind::Counter,
    labels: &[ENDS, ANSWER],
    help: "requests that ended",
};

/// How long requests took, in milliseconds.
pub static DURATION: Metric = Metric {
    name: "istio_request_duration_milliseconds_bucket",
    kind: Kind::Buckets,
    labels: &[ENDS, ANSWER, &[L::Le]],
    help: "how long requests took, in milliseconds",
};

/// TCP connections that were opened.
pub static TCP_OPENED: Metric = Metric {
    name: "istio_tcp_connections_opened_total",
    kind: Kind::Counter,
    labels: &[ENDS],
    help: "TCP connections that were opened",
};

/// TCP connections that were closed.
pub static TCP_CLOSED: Metric = Metric {
    name: "istio_tcp_connections_closed_total",
    kind: Kind::Counter,
    labels: &[ENDS],
    help: "TCP connections that were closed",
};

/// Bytes that callers sent over TCP.
pub static TCP_RECEIVED: Metric = Metric {
    name: "istio_tcp_received_bytes_total",
    kind: Kind::Counter,
    labels: &[ENDS],
    help: "bytes that came in over TCP",
};

/// Bytes that callers got over TCP.
pub static TCP_SENT: Metric = Metric {
    name: "istio_tcp_sent_bytes_total",
    kind: Kind::Counter,
    labels: &[ENDS],
    help: "bytes that went out over TCP",
};

/// Endpoints that outlier detection keeps out at the moment.
pub static EJECTED: Metric = Metric {
    name: "envoy_cluster_outlier_detection_ejections_active",
    kind: Kind::Gauge,
    labels: &[CLUSTER],
    help: "endpoints that outlier detection keeps out at the moment",
};

/// Times that outlier detection put an endpoint out.
pub static EJECTIONS: Metric = Metric {
    name: "envoy_cluster_outlier_detection_ejections_enforced_total",
    kind: Kind::Counter,
    labels: &[CLUSTER],
    help: "times that outlier detection put an endpoint out",
};

/// 1 while there may be no more connections.
pub static CONNECTIONS_OPEN: Metric = Metric {
    name: "envoy_cluster_circuit_breakers_default_cx_open",
    kind: Kind::Gauge,
    labels: &[CLUSTER],
    help: "1 while there may be no more connections",
};

/// 1 while no more requests may wait.
pub static PENDING_OPEN: Metric = Metric {
    name: "envoy_cluster_circuit_breakers_default_rq_pending_open",
    kind: Kind::Gauge,
    labels: &[CLUSTER],
    help: "1 while no more requests may wait for a connection",
};

/// 1 while there may be no more requests.
pub static REQUESTS_OPEN: Metric = Metric {
    name: "envoy_cluster_circuit_breakers_default_rq_open",
    kind: Kind::Gauge,
    labels: &[CLUSTER],
    help: "1 while there may be no more requests",
};

/// Connections that were refused because there were too many.
pub static CONNECTION_OVERFLOW: Metric = Metric {
    name: "envoy_cluster_upstream_cx_overflow",
    kind: Kind::Counter,
    labels: &[CLUSTER],
    help: "times that the limit of connections was met",
};

/// Requests that were refused because too many waited.
pub static PENDING_OVERFLOW: Metric = Metric {
    name: "envoy_cluster_upstream_rq_pending_overflow",
    kind: Kind::Counter,
    labels: &[CLUSTER],
    help: "requests that were refused because too many waited",
};

/// Seconds until the certificate of a proxy ends. On port 15020, like all that `PodMonitor`s scrape here.
pub static CERTIFICATE: Metric = Metric {
    name: "istio_agent_cert_expiry_seconds",
    kind: Kind::Gauge,
    labels: &[&[L::ResourceName, L::Pod, L::Namespace]],
    help: "seconds until the certificate of a proxy ends",
};

/// The second at which the root certificate of the mesh ends. From the control plane.
pub static ROOT_CERTIFICATE: Metric = Metric {
    name: "citadel_server_root_cert_expiry_timestamp",
    kind: Kind::Gauge,
    labels: &[&[L::Pod, L::Namespace]],
    help: "the second since 1970 at which the root certificate of the mesh ends",
};

/// 1 where a scrape went well.
pub static UP: Metric = Metric {
    name: "up",
    kind: Kind::Gauge,
    labels: &[&[L::Job, L::Pod, L::Namespace]],
    help: "1 where the last scrape went well",
};

/// 1 where a probe of the blackbox exporter went well.
pub static PROBE: Metric = Metric {
    name: "probe_success",
    kind: Kind::Gauge,
    labels: &[&[L::Job, L::Instance, L::Namespace]],
    help: "1 where the last probe from outside went well",
};

/// Every metric that we ask for.
pub static METRICS: &[&Metric] = &[
    &REQUESTS,
    &DURATION,
    &TCP_OPENED,
    &TCP_CLOSED,
    &TCP_RECEIVED,
    &TCP_SENT,
    &EJECTED,
    &EJECTIONS,
    &CONNECTIONS_OPEN,
    &PENDING_OPEN,
    &REQUESTS_OPEN,
    &CONNECTION_OVERFLOW,
    &PENDING_OVERFLOW,
    &CERTIFICATE,
    &ROOT_CERTIFICATE,
    &UP,
    &PROBE,
];

/// The metrics of breakers and the names that Envoy itself has for them, after that of the cluster. Proxies of a mesh
/// publish them only where they are told to.
pub static BREAKERS: &[(&Metric, &str)] = &[
    (&EJECTED, "outlier_detection.ejections_active"),
    (&EJECTIONS, "outlier_detection.ejections_enforced_total"),
    (&CONNECTIONS_OPEN, "circuit_breakers.default.cx_open"),
    (&PENDING_OPEN, "circuit_breakers.default.rq_pending_open"),
    (&REQUESTS_OPEN, "circuit_breakers.default.rq_open"),
    (&CONNECTION_OVERFLOW, "upstream_cx_overflow"),
    (&PENDING_OVERFLOW, "upstream_rq_pending_overflow"),
];
