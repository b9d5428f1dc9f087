//! Whether a caller that speaks TLS has anything to verify the other side with.

use crate::mesh::Object;
use crate::source::Span;
use crate::yaml::Node;

/// Where a TLS block lacks a CA, and what to say of it.
pub fn unverified(object: &Object, tls: &Node) -> Option<(Span, String)> {
    let mode = tls.word("mode").filter(|it| ["SIMPLE", "MUTUAL"].contains(&it.as_str()))?;
    // A Secret may hold the CA; a sidecar reads one only where the rule says which workloads it is for.
    let has_secret = tls.said("credentialName").is_some() && object.spec().has("workloadSelector");
    let is_verified = tls.said("caCertificates").is_some() || has_secret;
    (!is_verified)
        .then(|| (tls.spot("mode"), format!("`mode: {mode}` without `caCertificates` verifies nobody")))
}

/// What to do about it.
pub const HELP: &str = "add `caCertificates`: `system` takes the authorities of the proxy's image";
