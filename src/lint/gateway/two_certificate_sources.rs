//! The certificate of a server comes from one place.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3211",
    name: "two-certificate-sources",
    severity: Severity::Error,
    equivalents: &["VAL-GW-06", "IST0106"],
    why: "Istio refuses several of `credentialName`, `credentialNames`, `tlsCertificates` and files.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert, serverCertificate: /etc/cert.pem, privateKey: /etc/key.pem } }] } #~
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
    if tls.word("mode").is_some_and(|it| it == "ISTIO_MUTUAL") {
        return;
    }
    let sources = [
        ("credentialName", tls.said("credentialName").is_some()),
        ("credentialNames", !tls.list("credentialNames").is_empty()),
        ("tlsCertificates", !tls.list("tlsCertificates").is_empty()),
        ("serverCertificate", tls.said("serverCertificate").is_some() && tls.said("privateKey").is_some()),
    ];
    let mut sources = sources.into_iter().filter(|it| it.1);
    if let (Some((first, _)), Some((second, _))) = (sources.next(), sources.next()) {
        let finding = findings.at(tls.spot(second), format!("`{second}` and `{first}` exclude each other"));
        findings.push(finding.related(tls.spot(first), "the other").help("keep one of them"));
    }
}
