//! How requests spread over pods, and when a pod or a service is asked no more.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::{Duration, Weight};
use crate::yaml::{FromScalar, Named, OneOrMany, Scalar, Wrong, choose, record, words};

/// How requests spread over the pods of a version. `simple` or `consistentHash`.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoadBalancer {
    /// By a rule.
    pub simple: Option<Spanned<Balance>>,
    /// Always the same pod for the same caller. Exactly one of its ways.
    pub consistent_hash: Option<ConsistentHash>,
    /// How long a new pod is spared at first.
    pub warmup: Option<Spanned<Duration>>,
    /// How requests spread over regions and zones; absent: as the mesh says.
    pub locality: Option<Locality>,
}

record!(LoadBalancer "`loadBalancer`" { simple, consistent_hash, warmup, locality });

/// How requests spread over regions and zones: `distribute`, or `failover` with or without `failoverPriority`.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Locality {
    /// The region that takes over, by the region whose pods fail.
    pub failover: Named<Text>,
    /// Labels, as `topology.kubernetes.io/zone`: pods that share more of them with the caller come first.
    pub failover_priority: OneOrMany<Text>,
    /// Where requests from a place go, in percent: `region/zone/*: { region/zone/*: 80, region/other/*: 20 }`.
    pub distribute: Named<Named<Spanned<Weight>>>,
}

record!(Locality "`locality`" { failover, failover_priority, distribute });

/// A rule for the next pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// The one with the fewest open requests, of two at random.
    LeastRequest,
    /// One after the other.
    RoundRobin,
    /// Any.
    Random,
    /// The one that the caller asked for.
    Passthrough,
}

const BALANCES: &[(&str, Balance)] = &[
    ("least-request", Balance::LeastRequest),
    ("round-robin", Balance::RoundRobin),
    ("random", Balance::Random),
    ("passthrough", Balance::Passthrough),
];

impl FromScalar for Balance {
    const EXPECTS: &'static str = "a way of balancing";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, BALANCES)
    }

    fn schema() -> Schema {
        words(BALANCES)
    }
}

/// What tells callers apart.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsistentHash {
    /// A request header.
    pub http_header_name: Option<Text>,
    /// A cookie, made where there is none.
    pub http_cookie: Option<Cookie>,
    /// The address of the caller.
    pub use_source_ip: Option<Spanned<bool>>,
    /// A query parameter.
    pub http_query_parameter_name: Option<Text>,
}

record!(ConsistentHash "`consistentHash`" { http_header_name, http_cookie, use_source_ip, http_query_parameter_name });

/// A cookie that tells callers apart.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cookie {
    /// Its name.
    pub name: Text,
    /// Its path.
    pub path: Option<Text>,
    /// How long it lives; absent: for the session.
    pub ttl: Option<Spanned<Duration>>,
}

record!(Cookie "`httpCookie`" { name, path, ttl });

/// When to stop asking: limits, and pods put aside for a while.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CircuitBreaker {
    /// What may be open at a time, per proxy.
    pub connection_pool: Option<ConnectionPool>,
    /// When a pod is put aside.
    pub outlier_detection: Option<OutlierDetection>,
}

record!(CircuitBreaker "`circuitBreaker`" { connection_pool, outlier_detection });

/// What may be open at a time, per proxy; absent: no limit.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionPool {
    /// Connections to one pod.
    pub max_connections: Option<Spanned<u32>>,
    /// How long opening one may take. Default: 10s.
    pub connect_timeout: Option<Spanned<Duration>>,
    /// How long a connection may live.
    pub max_connection_duration: Option<Spanned<Duration>>,
    /// Requests that wait for a connection.
    pub http1_max_pending_requests: Option<Spanned<u32>>,
    /// Requests at a time.
    pub http2_max_requests: Option<Spanned<u32>>,
    /// Requests after which a connection is closed.
    pub max_requests_per_connection: Option<Spanned<u32>>,
    /// Retries at a time.
    pub max_retries: Option<Spanned<u32>>,
    /// How long a connection may do nothing.
    pub idle_timeout: Option<Spanned<Duration>>,
}

record!(ConnectionPool "`connectionPool`" {
    max_connections, connect_timeout, max_connection_duration, http1_max_pending_requests, http2_max_requests,
    max_requests_per_connection, max_retries, idle_timeout,
});

/// When a pod is put aside, and for how long.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutlierDetection {
    /// Answers of 5xx in a row.
    pub consecutive5xx_errors: Option<Spanned<u32>>,
    /// Answers of 502, 503 and 504 in a row.
    pub consecutive_gateway_errors: Option<Spanned<u32>>,
    /// How often it is looked at. Default: 10s.
    pub interval: Option<Spanned<Duration>>,
    /// How long a pod is put aside, times how often it was. Default: 30s.
    pub base_ejection_time: Option<Spanned<Duration>>,
    /// The most pods put aside at a time, in percent. Default: 10.
    pub max_ejection_percent: Option<Spanned<Weight>>,
    /// Below this percentage of good pods nobody is put aside. Default: 0.
    pub min_health_percent: Option<Spanned<Weight>>,
}

record!(OutlierDetection "`outlierDetection`" {
    consecutive5xx_errors, consecutive_gateway_errors, interval, base_ejection_time, max_ejection_percent,
    min_health_percent,
});
