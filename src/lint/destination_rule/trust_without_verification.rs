//! Who does not verify a certificate needs nothing to verify it with.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CLIENT_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3124",
    name: "trust-without-verification",
    severity: Severity::Error,
    equivalents: &["VAL-DR-09", "IST0106"],
    why: "Istio refuses `insecureSkipVerify: true` beside a CA or names to look for: it would be read as a verification that does not happen.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true, caCertificates: /etc/ca.pem } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, caCertificates: /etc/ca.pem } } }
",
    run: Run::Values(CLIENT_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let mode = tls.word("mode").map_or("", |it| it.as_str());
    if tls.flag("insecureSkipVerify") != Some(true) || !["SIMPLE", "MUTUAL"].contains(&mode) {
        return;
    }
    let trust = [
        ("caCertificates", tls.said("caCertificates").is_some()),
        ("credentialName", mode == "SIMPLE" && tls.said("credentialName").is_some()),
        ("subjectAltNames", !tls.list("subjectAltNames").is_empty()),
    ];
    for (key, _) in trust.into_iter().filter(|it| it.1) {
        let finding =
            findings.at(tls.spot(key), format!("`{key}` is never used with `insecureSkipVerify: true`"));
        let finding = finding.related(tls.spot("insecureSkipVerify"), "nothing is verified");
        findings.push(finding.help("take `insecureSkipVerify` away"));
    }
}
