//! A server has two certificates at most.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3219",
    name: "third-certificate",
    severity: Severity::Warning,
    equivalents: &["VAL-GW-07", "IST0133"],
    why: "Envoy takes one of RSA and one of ECDSA; any more are not used.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, tlsCertificates: [{ serverCertificate: a, privateKey: a }, { serverCertificate: b, privateKey: b }, { serverCertificate: c, privateKey: c }] } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, tlsCertificates: [{ serverCertificate: a, privateKey: a }, { serverCertificate: b, privateKey: b }] } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let ends =
        tls.word("mode").is_some_and(|it| ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"].contains(&it.as_str()));
    if let Some(third) = tls.list("tlsCertificates").get(2).filter(|_| ends) {
        let finding = findings.at(third.span, "the server has more than two certificates");
        findings.push(finding.help("keep one of RSA and one of ECDSA"));
    }
}
