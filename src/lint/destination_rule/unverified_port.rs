//! A caller that speaks TLS to a port verifies whom it speaks to.
//!
//! Source: `CaCertificateAnalyzer` of istioctl; policies of subsets are not looked at.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::destination_rule::verification::{HELP, unverified};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3131",
    name: "unverified-port",
    severity: Severity::Warning,
    equivalents: &["IST0129"],
    why: "Without a CA the proxy takes any certificate: whoever answers in place of the host is believed.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE } }] } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE, caCertificates: /etc/ca.pem } }] } }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    object.node.each_at("spec.trafficPolicy.portLevelSettings[].tls", &mut |tls| {
        if let Some((span, message)) = unverified(object, tls) {
            findings.push(findings.at(span, message).help(HELP));
        }
    });
}
