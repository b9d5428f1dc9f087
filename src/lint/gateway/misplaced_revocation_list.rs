//! A list of revoked certificates is for servers that ask callers for theirs.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3213",
    name: "misplaced-revocation-list",
    severity: Severity::Error,
    equivalents: &["VAL-GW-06", "IST0106"],
    why: "Istio refuses `caCrl` with `mode: SIMPLE`, and beside `credentialName`, whose Secret has to hold the list.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, serverCertificate: /etc/cert.pem, privateKey: /etc/key.pem, caCrl: /etc/crl.pem } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: MUTUAL, serverCertificate: /etc/cert.pem, privateKey: /etc/key.pem, caCertificates: /etc/ca.pem, caCrl: /etc/crl.pem } }] }
",
    run: Run::Values(SERVER_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    if tls.said("caCrl").is_none() {
        return;
    }
    let mode = tls.said("mode").map_or("PASSTHROUGH", |it| it.as_str());
    let ends = ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"].contains(&mode);
    let names = !tls.list("credentialNames").is_empty();
    let (message, help) = match (mode, tls.said("credentialName").is_some()) {
        // Istio asks no further where a Secret holds everything.
        (_, name) if ends && (name || names) => return,
        ("ISTIO_MUTUAL", _) => return,
        (_, true) => {
            ("`caCrl` and `credentialName` exclude each other", "put the list into the Secret, as `ca.crl`")
        }
        ("SIMPLE", _) => ("`caCrl` is not for `mode: SIMPLE`", "take it away, or write `mode: MUTUAL`"),
        _ => return,
    };
    findings.push(findings.at(tls.spot("caCrl"), message).help(help));
}
