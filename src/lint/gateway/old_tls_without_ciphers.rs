//! A server that speaks TLS before 1.2 says with which ciphers.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3216",
    name: "old-tls-without-ciphers",
    severity: Severity::Warning,
    equivalents: &["VAL-GW-07", "IST0133"],
    why: "The ciphers that a proxy offers by default are too new for TLS 1.0 and 1.1: nobody could connect by them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_0 } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_2 } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let old = tls.word("minProtocolVersion").filter(|it| *it == "TLSV1_0" || *it == "TLSV1_1");
    if let Some(old) = old.filter(|_| tls.list("cipherSuites").is_empty()) {
        let finding = findings.at(tls.spot("minProtocolVersion"), format!("`{old}` without `cipherSuites`"));
        findings.push(
            finding.help("add `cipherSuites` that it has, as `ECDHE-RSA-AES128-SHA`, or write `TLSV1_2`"),
        );
    }
}
