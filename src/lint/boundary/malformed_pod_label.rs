//! A label of a subset, of an endpoint or of a workload is one that pods can have.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::label::{label_key, label_value};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3354",
    name: "malformed-pod-label",
    severity: Severity::Error,
    equivalents: &["VAL-LABEL", "IST0106"],
    why: "No pod carries a label of any other form; Istio refuses the object.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: \"v1 stable\" } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1-stable } }] }
",
    run: Run::Values(LABELS, run),
};

const LABELS: &[(Sort, &str)] = &[
    (Sort::DestinationRule, "spec.subsets[].labels"),
    (Sort::ServiceEntry, "spec.endpoints[].labels"),
    (Sort::WorkloadEntry, "spec.labels"),
    (Sort::WorkloadGroup, "spec.metadata.labels"),
];

fn run(labels: &Node, findings: &mut Findings<'_>) {
    for entry in labels.entries() {
        if let Err(reason) = label_key(&entry.key) {
            let message = format!("`{}` is no key of a label: {reason}", entry.key);
            findings.push(findings.at(entry.key.span, message).help("write the label as the pods carry it"));
        }
        if let Some((text, Err(reason))) = entry.value.text().map(|it| (it, label_value(it))) {
            let message = format!("`{text}` is no value of a label: {reason}");
            findings
                .push(findings.at(entry.value.span, message).help("write the label as the pods carry it"));
        }
    }
}
