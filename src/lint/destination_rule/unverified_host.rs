//! A caller that speaks TLS verifies whom it speaks to.
//!
//! Source: `CaCertificateAnalyzer` of istioctl; policies of subsets are not looked at.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::destination_rule::verification::{HELP, unverified};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3130",
    name: "unverified-host",
    severity: Severity::Warning,
    equivalents: &["IST0128"],
    why: "Without a CA the proxy takes any certificate: whoever answers in place of the host is believed.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tls: { mode: SIMPLE, caCertificates: /etc/ca.pem } } }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let tls = object.spec().at(&["trafficPolicy", "tls"]);
    if let Some((span, message)) = tls.and_then(|it| unverified(object, it)) {
        findings.push(findings.at(span, message).help(HELP));
    }
}
