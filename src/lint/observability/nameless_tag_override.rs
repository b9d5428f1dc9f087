//! An override says which tag it is about.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6004",
    name: "nameless-tag-override",
    severity: Severity::Warning,
    equivalents: &["VAL-TM-01", "IST0133"],
    why: "The key under `tagOverrides` is the tag; no metric has one with an empty name.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: metrics, namespace: shop }
spec:
  metrics:
  - overrides:
    - tagOverrides: { \"\": { operation: REMOVE } } #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: metrics, namespace: shop }
spec:
  metrics:
  - overrides:
    - tagOverrides: { request_host: { operation: REMOVE } }
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let overrides = telemetry.spec().list("metrics").iter().flat_map(|it| it.list("overrides"));
    for tag in overrides.flat_map(|it| it.pairs("tagOverrides")).filter(|it| it.key.is_empty()) {
        let finding = findings.at(tag.key.span, "an override is about a tag with an empty name");
        findings.push(finding.help("name the tag"));
    }
}
