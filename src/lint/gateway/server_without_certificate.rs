//! A server that ends TLS has a certificate and its key, and a CA where it asks callers for theirs.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::gateway::places::SERVER_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3210",
    name: "server-without-certificate",
    severity: Severity::Error,
    equivalents: &["VAL-GW-05", "IST0106"],
    why: "Istio refuses SIMPLE, MUTUAL and OPTIONAL_MUTUAL without `credentialName` or files.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE } }] } #~
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
    let mode = tls.word("mode").map_or("", |it| it.as_str());
    let has_secret = tls.said("credentialName").is_some() || !tls.list("credentialNames").is_empty();
    let is_mutual = ["MUTUAL", "OPTIONAL_MUTUAL"].contains(&mode);
    if has_secret || !(mode == "SIMPLE" || is_mutual) {
        return;
    }
    let mut missing: Vec<(Span, &str)> = Vec::new();
    if is_mutual && tls.said("caCertificates").is_none() {
        missing.push((tls.spot("mode"), "caCertificates"));
    }
    let certificates = tls.list("tlsCertificates");
    let alone = [tls];
    let sources: Vec<&Node> =
        if certificates.is_empty() { alone.to_vec() } else { certificates.iter().collect() };
    for source in sources {
        let span = if certificates.is_empty() { tls.spot("mode") } else { source.span };
        let keys = ["serverCertificate", "privateKey"].into_iter();
        missing.extend(keys.filter(|it| source.said(it).is_none()).map(|it| (span, it)));
    }
    for (span, key) in missing {
        let finding = findings.at(span, format!("`mode: {mode}` without `{key}`"));
        findings.push(finding.help(format!("add `{key}`, or `credentialName` with the name of a Secret")));
    }
}
