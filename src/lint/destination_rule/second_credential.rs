//! A credential of a caller comes from a Secret or from files.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CLIENT_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3125",
    name: "second-credential",
    severity: Severity::Error,
    equivalents: &["VAL-DR-09", "IST0106"],
    why: "Istio refuses `credentialName` beside files of certificates: the Secret holds them all.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, credentialName: ca, caCertificates: /etc/ca.pem } } } #~
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
    let speaks = tls.word("mode").is_some_and(|it| it == "SIMPLE" || it == "MUTUAL");
    if !speaks || tls.said("credentialName").is_none() {
        return;
    }
    let files = ["clientCertificate", "caCertificates", "privateKey", "caCrl"];
    for key in files.into_iter().filter(|it| tls.said(it).is_some()) {
        let finding = findings.at(tls.spot(key), format!("`{key}` and `credentialName` exclude each other"));
        findings.push(finding.related(tls.spot("credentialName"), "the other").help("keep one of them"));
    }
}
