//! DestinationRule: the versions of a host, and how the proxies of its callers treat it.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::pairs::Pairs;
use crate::kube::{Kind, Labels, Metadata};
use crate::source::{Spanned, Text};
use crate::units::{Duration, Weight};

/// The versions of a host. There is no `tls` here, on purpose: any such block switches automatic mutual TLS off.
#[derive(Clone, Debug)]
pub struct DestinationRule {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: DestinationRuleSpec,
}

/// What a [`DestinationRule`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DestinationRuleSpec {
    /// The host.
    pub host: Text,
    /// The namespaces that see it; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub export_to: Vec<Text>,
    /// How callers treat it.
    #[serde(skip_serializing_if = "TrafficPolicy::is_empty")]
    pub traffic_policy: TrafficPolicy,
    /// Its versions.
    pub subsets: Vec<Subset>,
}

/// A version of a host.
#[derive(Clone, Debug, Serialize)]
pub struct Subset {
    /// Its name, as routes say it.
    pub name: Text,
    /// The pods of it.
    pub labels: Labels,
}

/// How callers treat a host.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrafficPolicy {
    /// How requests spread over pods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer: Option<LoadBalancer>,
    /// What may be open at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_pool: Option<Box<ConnectionPool>>,
    /// When a pod is put aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlier_detection: Option<Box<OutlierDetection>>,
}

impl TrafficPolicy {
    /// Whether nothing is said; Istio refuses such a block.
    pub fn is_empty(&self) -> bool {
        let Self { load_balancer, connection_pool, outlier_detection } = self;
        load_balancer.is_none() && connection_pool.is_none() && outlier_detection.is_none()
    }
}

/// How requests spread over pods: `simple` or `consistent_hash`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    /// By a rule, in Istio's spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simple: Option<Spanned<&'static str>>,
    /// Always the same pod for the same caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consistent_hash: Option<Box<ConsistentHash>>,
    /// How long a new pod is spared at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup: Option<Warmup>,
    /// The same for releases that know no `warmup`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup_duration_secs: Option<Spanned<Duration>>,
    /// How requests spread over regions and zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality_lb_setting: Option<Box<LocalitySetting>>,
}

/// How requests spread over regions and zones.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalitySetting {
    /// Where requests from a place go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub distribute: Vec<Distribute>,
    /// Which region takes over for which.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failover: Vec<Failover>,
    /// Labels that near pods share with the caller.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failover_priority: Vec<Text>,
}

/// Where requests from a place go.
#[derive(Clone, Debug, Serialize)]
pub struct Distribute {
    /// The place.
    pub from: Text,
    /// Percent by place.
    pub to: Pairs<Spanned<Weight>>,
}

/// Which region takes over.
#[derive(Clone, Debug, Serialize)]
pub struct Failover {
    /// The region that fails.
    pub from: Text,
    /// The region that takes over.
    pub to: Text,
}

/// How long a new pod is spared at first.
#[derive(Clone, Debug, Serialize)]
pub struct Warmup {
    /// How long.
    pub duration: Spanned<Duration>,
}

/// What tells callers apart.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsistentHash {
    /// A request header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_header_name: Option<Text>,
    /// A cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_cookie: Option<Cookie>,
    /// The caller's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_source_ip: Option<Spanned<bool>>,
    /// A query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_query_parameter_name: Option<Text>,
}

/// A cookie that tells callers apart.
#[derive(Clone, Debug, Serialize)]
pub struct Cookie {
    /// Its name.
    pub name: Text,
    /// Its path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Text>,
    /// How long it lives, `0s` for the session. Always written: without it the proxy makes no cookie.
    pub ttl: Text,
}

/// What may be open at a time.
#[derive(Clone, Debug, Serialize)]
pub struct ConnectionPool {
    /// Connections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tcp: Option<TcpPool>,
    /// Requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpPool>,
}

/// Limits of connections.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TcpPool {
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_connections: Option<Spanned<u32>>,
    /// How long opening one may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect_timeout: Option<Spanned<Duration>>,
    /// How long one may live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_connection_duration: Option<Spanned<Duration>>,
}

/// Limits of requests.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpPool {
    /// Requests that wait for a connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http1_max_pending_requests: Option<Spanned<u32>>,
    /// Requests at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http2_max_requests: Option<Spanned<u32>>,
    /// Requests after which a connection is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_requests_per_connection: Option<Spanned<u32>>,
    /// Retries at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_retries: Option<Spanned<u32>>,
    /// How long a connection may do nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_timeout: Option<Spanned<Duration>>,
}

/// When a pod is put aside.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutlierDetection {
    /// Answers of 5xx in a row.
    #[serde(rename = "consecutive5xxErrors", skip_serializing_if = "Option::is_none")]
    pub consecutive_5xx_errors: Option<Spanned<u32>>,
    /// Answers of 502, 503 and 504 in a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consecutive_gateway_errors: Option<Spanned<u32>>,
    /// How often it is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Spanned<Duration>>,
    /// How long a pod is put aside, times how often it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_ejection_time: Option<Spanned<Duration>>,
    /// The most pods put aside at a time, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_ejection_percent: Option<Spanned<Weight>>,
    /// Below this percentage of good pods nobody is put aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_health_percent: Option<Spanned<Weight>>,
}

impl Kind for DestinationRule {
    const KIND: &'static str = "DestinationRule";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
