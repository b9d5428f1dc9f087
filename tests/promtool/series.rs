//! Series as promtool takes them: what proxies, agents and scrapes would tell.

use serde_json::{Value, json};

use crate::promtool::cases::Place;

/// A series and its values, in promtool's notation.
pub type Series = (String, String);

/// A list of them as a test names them.
pub fn listed(series: &[Series]) -> Vec<Value> {
    series.iter().map(|(name, values)| json!({ "series": name, "values": values })).collect()
}

/// So many requests a minute, mutually authenticated, for a long time.
pub fn requests(namespace: &str, service: &str, code: &str, each: u64) -> Series {
    with(namespace, service, code, "destination", "mutual_tls", &format!("0+{each}x400"))
}

/// Requests of one kind, as one side saw them.
pub fn with(
    namespace: &str,
    service: &str,
    code: &str,
    reporter: &str,
    policy: &str,
    values: &str,
) -> Series {
    let labels = labels(namespace, service, reporter, policy);
    (format!("istio_requests_total{{{labels},response_code=\"{code}\"}}"), values.to_owned())
}

/// Connections, as one side saw them.
pub fn connections(namespace: &str, service: &str, reporter: &str, policy: &str) -> Series {
    let labels = labels(namespace, service, reporter, policy);
    (format!("istio_tcp_connections_opened_total{{{labels}}}"), "0+60x400".to_owned())
}

/// How many requests took no longer than `le` milliseconds.
pub fn bucket(namespace: &str, service: &str, le: &str, values: &str) -> Series {
    let labels = labels(namespace, service, "destination", "mutual_tls");
    let name = "istio_request_duration_milliseconds_bucket";
    (format!("{name}{{{labels},response_code=\"200\",le=\"{le}\"}}"), values.to_owned())
}

fn labels(namespace: &str, service: &str, reporter: &str, policy: &str) -> String {
    format!(
        "reporter=\"{reporter}\",destination_service_namespace=\"{namespace}\",\
         destination_service_name=\"{service}\",destination_version=\"v1\",\
         connection_security_policy=\"{policy}\",namespace=\"{namespace}\",pod=\"{service}-1\""
    )
}

/// What a caller elsewhere says of a cluster.
pub fn cluster(metric: &str, cluster: &str, values: &str) -> Series {
    let labels = format!("cluster_name=\"{cluster}\",namespace=\"callers\",pod=\"curl-1\"");
    (format!("{metric}{{{labels}}}"), values.to_owned())
}

/// A place where all is well.
pub fn healthy(place: &Place) -> Vec<Series> {
    let (namespace, service) = (place.namespace.as_str(), place.counted.as_str());
    if place.http {
        return vec![
            requests(namespace, service, "200", 60),
            bucket(namespace, service, "100", "0+60x400"),
            bucket(namespace, service, "+Inf", "0+60x400"),
        ];
    }
    let labels = labels(namespace, service, "destination", "mutual_tls");
    let names = ["connections_opened", "connections_closed", "received_bytes", "sent_bytes"];
    names.map(|it| (format!("istio_tcp_{it}_total{{{labels}}}"), "0+60x400".to_owned())).into()
}
