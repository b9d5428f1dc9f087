//! The annotation `proxy.istio.io/config`: a `ProxyConfig` as YAML in a text.
//!
//! Source: `ProxyConfig` of `istio.io/api/mesh/v1alpha1`, and `ValidateMeshConfigProxyConfig`. Unknown fields are no
//! mistake to Istio, wrong types are.

use crate::lint::base::embedded::embedded;
use crate::lint::words::duration::nanoseconds;
use crate::lint::words::{Verdict, address, host};
use crate::yaml::{Kind, Node};

/// What a field takes.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    /// `host:port`.
    Address,
    Number,
    Port,
    Bool,
    /// At least a millisecond, in whole seconds.
    Drain,
    Duration,
    List,
    Map,
    Word(&'static [&'static str]),
}

const FIELDS: &[(&str, Takes)] = &[
    ("configPath", Takes::Text),
    ("binaryPath", Takes::Text),
    ("serviceCluster", Takes::Text),
    (
        "tracingServiceName",
        Takes::Word(&["APP_LABEL_AND_NAMESPACE", "CANONICAL_NAME_ONLY", "CANONICAL_NAME_AND_NAMESPACE"]),
    ),
    ("drainDuration", Takes::Drain),
    ("discoveryAddress", Takes::Address),
    ("discoveryRefreshDelay", Takes::Duration),
    ("zipkinAddress", Takes::Text),
    ("statsdUdpAddress", Takes::Address),
    ("envoyMetricsServiceAddress", Takes::Address),
    ("proxyAdminPort", Takes::Port),
    ("availabilityZone", Takes::Text),
    ("controlPlaneAuthPolicy", Takes::Word(&["NONE", "MUTUAL_TLS"])),
    ("customConfigFile", Takes::Text),
    ("statNameLength", Takes::Number),
    ("concurrency", Takes::Number),
    ("proxyBootstrapTemplatePath", Takes::Text),
    ("interceptionMode", Takes::Word(&["REDIRECT", "TPROXY", "NONE"])),
    ("tracing", Takes::Map),
    ("envoyAccessLogService", Takes::Map),
    ("envoyMetricsService", Takes::Map),
    ("proxyMetadata", Takes::Map),
    ("runtimeValues", Takes::Map),
    ("statusPort", Takes::Port),
    ("extraStatTags", Takes::List),
    ("gatewayTopology", Takes::Map),
    ("terminationDrainDuration", Takes::Duration),
    ("meshId", Takes::Text),
    ("readinessProbe", Takes::Map),
    ("proxyStatsMatcher", Takes::Map),
    ("holdApplicationUntilProxyStarts", Takes::Bool),
    ("caCertificatesPem", Takes::List),
    ("image", Takes::Map),
    ("privateKeyProvider", Takes::Map),
    ("proxyHeaders", Takes::Map),
    ("connectionSettings", Takes::Map),
];

/// Judges the text of the annotation.
pub fn judge(text: &str) -> Verdict {
    let Some(node) = embedded(text) else { return Err("it is no YAML".to_owned()) };
    if !matches!(node.kind, Kind::Map(_) | Kind::Null) {
        return Err(format!("it takes the fields of a `ProxyConfig`, and has {}", node.describe()));
    }
    for entry in node.entries() {
        let Some((name, takes)) = FIELDS.iter().find(|it| it.0 == entry.key.as_str()) else { continue };
        field(*takes, &entry.value).map_err(|reason| format!("of its `{name}`, {reason}"))?;
    }
    Ok(())
}

fn field(takes: Takes, value: &Node) -> Verdict {
    if value.is_null() {
        return Ok(());
    }
    let fits = match takes {
        Takes::Text => is_quoted(value),
        Takes::Address => {
            return is_quoted(value).then_some(()).ok_or_else(|| wrong(value)).and_then(|()| address(value));
        }
        Takes::Number => value.text().is_some_and(|it| it.parse::<i32>().is_ok()),
        Takes::Port => match value.text().and_then(|it| it.parse::<i64>().ok()) {
            Some(0) => return Err("0 is no port".to_owned()),
            Some(port) => return crate::lint::words::port(port),
            None => false,
        },
        Takes::Bool => value.text().is_some_and(|it| it == "true" || it == "false"),
        Takes::Drain => match value.text().and_then(|it| nanoseconds(it)) {
            Some(length) => return drain(length),
            None => false,
        },
        Takes::Duration => value.text().is_some_and(|it| nanoseconds(it).is_some()),
        Takes::List => matches!(value.kind, Kind::List(_)),
        Takes::Map => matches!(value.kind, Kind::Map(_)),
        Takes::Word(words) => {
            value.text().is_some_and(|it| words.contains(&it.as_str()) || it.parse::<i32>().is_ok())
        }
    };
    if fits { Ok(()) } else { Err(wrong(value)) }
}

fn wrong(value: &Node) -> String {
    format!("{} is not of its type", value.describe())
}

/// A plain number or truth value is no text to a reader of JSON.
fn is_quoted(value: &Node) -> bool {
    match &value.kind {
        Kind::Scalar(it) if it.plain => {
            it.text.parse::<f64>().is_err() && !["true", "false"].contains(&it.text.as_str())
        }
        Kind::Scalar(_) => true,
        _ => false,
    }
}

fn drain(length: i64) -> Verdict {
    if length < 1_000_000 {
        return Err("it takes at least a millisecond".to_owned());
    }
    if length % 1_000_000_000 == 0 { Ok(()) } else { Err("it takes whole seconds".to_owned()) }
}

fn address(value: &Node) -> Verdict {
    let text = value.text().map_or("", |it| it.as_str());
    if text.is_empty() {
        return Ok(());
    }
    let Some((name, port)) = text.rsplit_once(':') else { return Err(format!("`{text}` has no port")) };
    let name = name.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(name);
    let number = port.parse::<i64>().map_err(|_| format!("`{port}` is no port"))?;
    crate::lint::words::port(number)?;
    host::fqdn(name).or_else(|reason| address::ip(name).map_err(|_| reason))
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn a_proxy_config_has_fields_of_their_types() {
        for text in [
            "",
            "{}",
            "concurrency: 2",
            "holdApplicationUntilProxyStarts: true\nproxyMetadata:\n  A: b\n",
            "unknown: 1",
            "drainDuration: 45s",
        ] {
            assert_eq!(judge(text), Ok(()), "{text}");
        }
        for text in [
            "a",
            "- 1",
            "concurrency: many",
            "drainDuration: 1500ms",
            "statusPort: 0",
            "discoveryAddress: istiod",
            "tracing: 1",
            "{",
        ] {
            assert!(judge(text).is_err(), "{text}");
        }
    }
}
