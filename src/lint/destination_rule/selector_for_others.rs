//! A DestinationRule for some workloads is not exported.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3128",
    name: "selector-for-others",
    severity: Severity::Error,
    equivalents: &["VAL-DR-10", "IST0106"],
    why: "Istio refuses `workloadSelector` beside an `exportTo` of anything but the own namespace: the workloads are always those of the own namespace.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: [\"*\"], workloadSelector: { matchLabels: { app: web } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, exportTo: [\".\"], workloadSelector: { matchLabels: { app: web } } }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if !object.spec().has("workloadSelector") {
        return;
    }
    let foreign =
        |it: &&Node| it.text().is_some_and(|it| !it.is_empty() && it != "." && it != object.namespace());
    if let Some(foreign) = object.spec().list("exportTo").iter().find(foreign) {
        let finding = findings.at(foreign.span, "a rule with `workloadSelector` is exported");
        let finding = finding.related(object.spec().spot("workloadSelector"), "the selector");
        findings.push(finding.help("write `exportTo: [\".\"]`"));
    }
}
