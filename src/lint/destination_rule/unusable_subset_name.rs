//! The name of a subset is a label of DNS.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::dns_label;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3107",
    name: "unusable-subset-name",
    severity: Severity::Error,
    equivalents: &["VAL-DR-04", "IST0106"],
    why: "Istio refuses other names: the name becomes part of the name of a cluster of Envoy.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1.2, labels: { version: v1.2 } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1-2, labels: { version: v1.2 } }] }
",
    run: Run::Values(&[(Sort::DestinationRule, "spec.subsets[].name")], run),
};

fn run(name: &Node, findings: &mut Findings<'_>) {
    let Some(text) = name.text() else { return };
    if let Err(reason) = dns_label(text) {
        let finding = findings.at(name.span, format!("`{text}` cannot name a subset: {reason}"));
        findings.push(finding.help("use letters, digits and `-`, as in `v1-2`"));
    }
}
