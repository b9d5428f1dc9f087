//! Mutual TLS needs a certificate of the caller and its key.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CLIENT_TLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3126",
    name: "mutual-without-certificate",
    severity: Severity::Error,
    equivalents: &["VAL-DR-09", "IST0106"],
    why: "Istio refuses `mode: MUTUAL` without them: `ISTIO_MUTUAL` is the mode that takes those of the mesh.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: MUTUAL, clientCertificate: /etc/cert.pem, caCertificates: /etc/ca.pem } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: MUTUAL, clientCertificate: /etc/cert.pem, privateKey: /etc/key.pem, caCertificates: /etc/ca.pem } } }
",
    run: Run::Values(CLIENT_TLS, run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    if tls.word("mode").is_none_or(|it| it != "MUTUAL") || tls.said("credentialName").is_some() {
        return;
    }
    for key in ["clientCertificate", "privateKey"].into_iter().filter(|it| tls.said(it).is_none()) {
        let finding = findings.at(tls.spot("mode"), format!("`mode: MUTUAL` without `{key}`"));
        findings.push(finding.help(format!(
            "add `{key}` or `credentialName`, or write `ISTIO_MUTUAL` to use the certificates of the mesh"
        )));
    }
}
