//! The annotation `proxy.istio.io/config`: a `ProxyConfig` as YAML in a text.
//!
//! Source: `ProxyConfig` of `istio.io/api/mesh/v1alpha1`, and `ValidateMeshConfigProxyConfig`. Unknown fields are no
//! mistake to Istio, wrong types are. Names may be written in `snake_case`, too.

use crate::lint::base::embedded::embedded;
use crate::lint::words::duration::nanoseconds;
use crate::lint::words::{Verdict, address, host};
use crate::source::Str;
use crate::yaml::{Kind, Node};

type Fields = &'static [(&'static str, Takes)];

/// What a field takes.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    /// A text that is not empty.
    Name,
    /// `host:port`; empty for none.
    Address,
    /// `host:port`.
    SomeAddress,
    Number,
    Count,
    Port,
    Bool,
    /// At least a millisecond, in whole seconds.
    Drain,
    Duration,
    Texts,
    TextByName,
    Word(&'static [&'static str]),
    Message(Fields),
}

const SERVICE: Fields = &[("address", Takes::Address), ("tlsSettings", Takes::Message(&[]))];

const TRACING: Fields = &[
    ("zipkin", Takes::Message(&[("address", Takes::SomeAddress)])),
    ("datadog", Takes::Message(&[("address", Takes::SomeAddress)])),
    ("lightstep", Takes::Message(&[("address", Takes::SomeAddress), ("accessToken", Takes::Name)])),
    ("customTags", Takes::Message(&[])),
    ("maxPathTagLength", Takes::Count),
    ("sampling", Takes::Number),
    ("tlsSettings", Takes::Message(&[])),
];

const FIELDS: Fields = &[
    ("configPath", Takes::Name),
    ("binaryPath", Takes::Name),
    ("serviceCluster", Takes::Name),
    (
        "tracingServiceName",
        Takes::Word(&["APP_LABEL_AND_NAMESPACE", "CANONICAL_NAME_ONLY", "CANONICAL_NAME_AND_NAMESPACE"]),
    ),
    ("drainDuration", Takes::Drain),
    ("discoveryAddress", Takes::SomeAddress),
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
    ("tracing", Takes::Message(TRACING)),
    ("envoyAccessLogService", Takes::Message(SERVICE)),
    ("envoyMetricsService", Takes::Message(SERVICE)),
    ("proxyMetadata", Takes::TextByName),
    ("runtimeValues", Takes::TextByName),
    ("statusPort", Takes::Port),
    ("extraStatTags", Takes::Texts),
    ("gatewayTopology", Takes::Message(&[("numTrustedProxies", Takes::Count)])),
    ("terminationDrainDuration", Takes::Duration),
    ("meshId", Takes::Text),
    ("readinessProbe", Takes::Message(&[])),
    (
        "proxyStatsMatcher",
        Takes::Message(&[
            ("inclusionPrefixes", Takes::Texts),
            ("inclusionSuffixes", Takes::Texts),
            ("inclusionRegexps", Takes::Texts),
        ]),
    ),
    ("holdApplicationUntilProxyStarts", Takes::Bool),
    ("caCertificatesPem", Takes::Texts),
    ("image", Takes::Message(&[("imageType", Takes::Text)])),
    ("privateKeyProvider", Takes::Message(&[])),
    ("proxyHeaders", Takes::Message(&[])),
    ("connectionSettings", Takes::Message(&[])),
    ("fileFlushInterval", Takes::Duration),
    ("fileFlushMinSizeKb", Takes::Count),
    ("statsCompression", Takes::Bool),
];

/// Judges the text of the annotation.
pub fn judge(text: &str) -> Verdict {
    let Some(node) = embedded(text) else { return Err("it is no YAML".to_owned()) };
    if !matches!(node.kind, Kind::Map(_) | Kind::Null) {
        return Err(format!("it takes the fields of a `ProxyConfig`, and has {}", node.describe()));
    }
    message(FIELDS, &node)
}

fn message(fields: Fields, node: &Node) -> Verdict {
    for (name, takes) in fields {
        let value = node.get(name).or_else(|| node.get(&snake_case(name)));
        match value.filter(|it| !it.is_null()) {
            Some(value) => field(*takes, value).map_err(|reason| format!("of its `{name}`, {reason}"))?,
            // What a tracer needs: the rest has a default.
            None if matches!(takes, Takes::SomeAddress) && fields.len() < 3 => {
                return Err(format!("it has no `{name}`"));
            }
            None => {}
        }
    }
    Ok(())
}

fn snake_case(name: &str) -> String {
    let spelt = name.chars().flat_map(|it| {
        let underscore = it.is_ascii_uppercase().then_some('_');
        underscore.into_iter().chain([it.to_ascii_lowercase()])
    });
    spelt.collect()
}

fn field(takes: Takes, value: &Node) -> Verdict {
    let fits = match takes {
        Takes::Text => is_text(value),
        Takes::Name if is_text(value) => return value.text().map_or(Ok(()), |it| some(it)),
        Takes::Address | Takes::SomeAddress if is_text(value) => {
            let text = value.text().map_or("", Str::as_str);
            let none = text.is_empty() && matches!(takes, Takes::Address);
            return if none { Ok(()) } else { some(text).and_then(|()| host_and_port(text)) };
        }
        Takes::Number => number(value).is_some(),
        Takes::Count => number(value).is_some_and(|it| it >= 0.0),
        Takes::Port => match number(value) {
            #[expect(clippy::cast_possible_truncation, reason = "a port is far below the limits of both")]
            Some(number) => return crate::lint::words::port(number as i64),
            None => false,
        },
        Takes::Bool => is_truth(value),
        Takes::Drain => match value.text().and_then(|it| nanoseconds(it)) {
            Some(length) => return drain(length),
            None => false,
        },
        Takes::Duration => value.text().is_some_and(|it| nanoseconds(it).is_some()),
        Takes::Texts => matches!(value.kind, Kind::List(_)) && value.items().iter().all(is_text),
        Takes::TextByName => {
            let texts = || value.entries().iter().all(|it| it.value.is_null() || is_text(&it.value));
            matches!(value.kind, Kind::Map(_)) && texts()
        }
        Takes::Word(words) => {
            // Names or numbers of an enumeration, known or not.
            let known = |it: &str| words.contains(&it) || it.parse::<i32>().is_ok();
            value.text().is_some_and(|it| known(it))
        }
        Takes::Message(fields) if matches!(value.kind, Kind::Map(_)) => return message(fields, value),
        Takes::Name | Takes::Address | Takes::SomeAddress | Takes::Message(_) => false,
    };
    if fits { Ok(()) } else { Err(format!("{} is not of its type", value.describe())) }
}

fn some(text: &str) -> Verdict {
    if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(()) }
}

/// The words that Go's reader of YAML takes for truth values.
fn is_truth(value: &Node) -> bool {
    const WORDS: &[&str] = &["y", "n", "yes", "no", "true", "false", "on", "off"];
    match &value.kind {
        Kind::Scalar(it) if it.plain => WORDS.iter().any(|word| word.eq_ignore_ascii_case(&it.text)),
        _ => false,
    }
}

/// A plain number or truth value is no text to a reader of JSON.
fn is_text(value: &Node) -> bool {
    match &value.kind {
        Kind::Scalar(it) if it.plain => it.text.parse::<f64>().is_err() && !is_truth(value),
        Kind::Scalar(_) => true,
        _ => false,
    }
}

/// A number, in quotes or not.
fn number(value: &Node) -> Option<f64> {
    let text = value.text()?.as_str().replace('_', "");
    let hexadecimal = text.strip_prefix("0x").and_then(|it| u32::from_str_radix(it, 16).ok());
    let octal = text.strip_prefix("0o").and_then(|it| u32::from_str_radix(it, 8).ok());
    let number = hexadecimal.or(octal).map(f64::from).or_else(|| text.parse().ok())?;
    (number.abs() <= f64::from(u32::MAX)).then_some(number)
}

fn drain(length: i64) -> Verdict {
    if length < 1_000_000 {
        return Err("it takes at least a millisecond".to_owned());
    }
    if length % 1_000_000_000 == 0 { Ok(()) } else { Err("it takes whole seconds".to_owned()) }
}

fn host_and_port(text: &str) -> Verdict {
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
            "concurrency: '2'",
            "holdApplicationUntilProxyStarts: yes\nproxyMetadata:\n  A: b\n",
            "unknown: 1",
            "drainDuration: 45s",
            "statsdUdpAddress: ''",
            "tracing: { zipkin: { address: 'zipkin:9411' } }",
        ] {
            assert_eq!(judge(text), Ok(()), "{text}");
        }
        for text in [
            "a",
            "- 1",
            "concurrency: many",
            "drainDuration: 1500ms",
            "drain_duration: x",
            "statusPort: 0",
            "discoveryAddress: istiod",
            "discoveryAddress: ''",
            "tracing: 1",
            "tracing: { zipkin: {} }",
            "proxyMetadata: { A: 1 }",
            "holdApplicationUntilProxyStarts: 'true'",
            "meshId: yes",
            "{",
        ] {
            assert!(judge(text).is_err(), "{text}");
        }
    }
}
