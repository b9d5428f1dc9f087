//! A tag of a trace has a name.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6002",
    name: "tag-without-name",
    severity: Severity::Error,
    equivalents: &["VAL-TM-01", "IST0106"],
    why: "The key under `customTags` is what the tag is called in a trace; Istio refuses an empty one.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - customTags: { \"\": { literal: { value: blue } } } #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - customTags: { colour: { literal: { value: blue } } }
",
    run: Run::Each(&[Sort::Telemetry], run),
};

fn run(telemetry: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let tags = telemetry.spec().list("tracing").iter().flat_map(|it| it.pairs("customTags"));
    for tag in tags.filter(|it| it.key.is_empty()) {
        let finding = findings.at(tag.key.span, "a tag has an empty name");
        findings.push(finding.help("give the tag a name"));
    }
}
