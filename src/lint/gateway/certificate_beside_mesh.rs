//! A server with the certificate of the mesh has no other.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::{SERVER_TLS, certificates};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3212",
    name: "certificate-beside-mesh",
    severity: Severity::Error,
    equivalents: &["VAL-GW-06", "IST0106"],
    why: "Istio refuses certificates beside `mode: ISTIO_MUTUAL`: it takes those that istiod issues.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: ISTIO_MUTUAL, credentialName: shop-cert } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: ISTIO_MUTUAL } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    if tls.word("mode").is_none_or(|it| it != "ISTIO_MUTUAL") {
        return;
    }
    for key in certificates(tls).filter(|it| *it != "caCrl") {
        let finding = findings.at(tls.spot(key), format!("`{key}` is not for `mode: ISTIO_MUTUAL`"));
        findings.push(finding.help("take it away, or write another mode"));
    }
}
