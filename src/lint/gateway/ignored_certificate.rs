//! A server that passes TLS through needs no certificate.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::{SERVER_TLS, certificates};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3217",
    name: "ignored-certificate",
    severity: Severity::Warning,
    equivalents: &["VAL-GW-07", "MG-06", "IST0133"],
    why: "The certificate is never used. Most often `mode` was forgotten: without it the server does not end TLS, it passes it through to the service.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { credentialName: shop-cert } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let mode = tls.said("mode").map_or("PASSTHROUGH", |it| it.as_str());
    if !["PASSTHROUGH", "AUTO_PASSTHROUGH"].contains(&mode) {
        return;
    }
    let Some(key) = certificates(tls).next() else { return };
    let (message, help) = if tls.said("mode").is_some() {
        (format!("`{key}` is not used with `mode: {mode}`"), "take it away, or write `mode: SIMPLE`")
    } else {
        (format!("`{key}` is not used without `mode`: TLS is passed through"), "add `mode: SIMPLE`")
    };
    findings.push(findings.at(tls.spot(key), message).help(help));
}
