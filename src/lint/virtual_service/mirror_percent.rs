//! `mirrorPercent` has a successor.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3016",
    name: "outdated-mirror-percent",
    severity: Severity::Warning,
    equivalents: &["VAL-VS-10W", "IST0133"],
    why: "Istio warns of it at every change: `mirrorPercentage` says the same and takes fractions.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: test }
    mirrorPercent: 10 #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: test }
    mirrorPercentage: { value: 10 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    // Istio says it once, however often it stands there.
    if let Some(entry) = http(object).find_map(|it| it.entry("mirrorPercent")) {
        let said = entry.value.text().map_or("", Str::as_str);
        let finding = findings.at(entry.key.span, "`mirrorPercent` is out of date");
        findings.push(finding.help(format!("write `mirrorPercentage: {{ value: {said} }}`")));
    }
}
