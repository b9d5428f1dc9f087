//! Methods are those of HTTP.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4521",
    name: "unknown-http-method",
    severity: Severity::Warning,
    equivalents: &["KIA0102"],
    why: "No request has a method that HTTP does not have; the name of a method of gRPC is part of its path.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET, GETT] } }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET, \"P*\", \"*\"] } }]
",
    run: Run::Values(&[(AuthorizationPolicy, "spec.rules[].to[].operation.methods[]")], run),
};

/// The methods of RFC 9110 and 5789.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"];

fn run(value: &Node, findings: &mut Findings<'_>) {
    // An empty one Istio refuses.
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    if !is_method(&text.trim().to_ascii_uppercase()) {
        let finding = findings.at(value.span, format!("`{text}` is no method of HTTP"));
        findings.push(finding.suggest(text, METHODS));
    }
}

fn is_method(pattern: &str) -> bool {
    let (ends, begins) = (pattern.strip_prefix('*'), pattern.strip_suffix('*'));
    match (ends, begins) {
        (Some(""), _) => true,
        (Some(_), Some(_)) => false,
        (Some(end), None) => METHODS.iter().any(|it| it.ends_with(end)),
        (None, Some(start)) => METHODS.iter().any(|it| it.starts_with(start)),
        (None, None) => METHODS.contains(&pattern),
    }
}
