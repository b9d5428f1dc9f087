//! The host of a DestinationRule is a name that DNS could have, with a wildcard in front at most.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::wildcard_host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3101",
    name: "unusable-destination-host",
    severity: Severity::Error,
    equivalents: &["VAL-DR-01", "IST0106"],
    why: "Istio refuses any other host.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews_v1.shop.svc.cluster.local } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews.shop.svc.cluster.local }
",
    run: Run::Values(&[(Sort::DestinationRule, "spec.host")], run),
};

fn run(host: &Node, findings: &mut Findings<'_>) {
    let Some(text) = host.text() else { return };
    if let Err(reason) = wildcard_host(text) {
        let finding = findings.at(host.span, format!("`{text}` is no host name: {reason}"));
        findings.push(finding.help("write the name of a service, as `reviews.shop.svc.cluster.local`"));
    }
}
