//! The cipher suites of a server are ones that Envoy has, each once.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3215",
    name: "unknown-cipher-suite",
    severity: Severity::Warning,
    equivalents: &["VAL-GW-07", "IST0133"],
    why: "Istio drops unknown and repeated suites silently: the server may offer other ciphers than its author believes.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c, cipherSuites: [AES512-SHA] } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c, cipherSuites: [AES256-SHA] } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

/// Source: `ValidCipherSuites` in `pkg/config/security` of Istio.
const KNOWN: [&str; 15] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "AES256-SHA",
    "DES-CBC3-SHA",
];

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for suite in tls.list("cipherSuites") {
        let Some(text) = suite.text() else { continue };
        if !is_usable(text) {
            let finding = findings.at(suite.span, format!("Envoy has no cipher suite `{text}`"));
            findings.push(finding.suggest(text, KNOWN));
        } else if !taken.insert(text) {
            let finding = findings.at(suite.span, format!("the cipher suite `{text}` is there twice"));
            findings.push(finding.help("keep one of them"));
        }
    }
}

/// What begins with a sign is an expression, which nobody takes apart.
fn is_usable(text: &str) -> bool {
    !text.starts_with(|it: char| it.is_alphanumeric()) || text == "ALL" || KNOWN.contains(&text)
}
