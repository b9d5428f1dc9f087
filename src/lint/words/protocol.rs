//! The protocol of a port, as Gateways, Sidecars and ServiceEntries spell it.
//!
//! Source: `pkg/config/protocol/instance.go` of Istio, which does not mind capitals.

/// What `protocol` takes, as the documentation spells it.
pub const KNOWN: [&str; 12] = [
    "HTTP",
    "HTTPS",
    "HTTP2",
    "GRPC",
    "GRPC-WEB",
    "TLS",
    "TCP",
    "MONGO",
    "REDIS",
    "MYSQL",
    "UDP",
    "HTTP_PROXY",
];

/// Whether Istio knows the protocol.
pub fn is_known(text: &str) -> bool {
    is_one_of(text, &KNOWN)
}

/// Whether requests of it are HTTP that the proxy can read.
pub fn is_http(text: &str) -> bool {
    is_one_of(text, &["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"])
}

/// Whether its connections are TLS.
pub fn is_tls(text: &str) -> bool {
    is_one_of(text, &["HTTPS", "TLS"])
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| it.eq_ignore_ascii_case(text))
}
