//! Of all requests, between none and all are mirrored.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3015",
    name: "mirror-percentage-out-of-range",
    severity: Severity::Error,
    equivalents: &["VAL-VS-10", "IST0106"],
    why: "Istio refuses more than 100 per cent and less than 0.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirrors: [{ destination: { host: test }, percentage: { value: 150 } }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirrors: [{ destination: { host: test }, percentage: { value: 50 } }]
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].mirrorPercentage.value"),
            (Sort::VirtualService, "spec.http[].mirrors[].percentage.value"),
            (Sort::VirtualService, "spec.http[].mirrorPercent"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if text.parse::<f64>().is_ok_and(|it| !(0.0..=100.0).contains(&it)) {
        let finding = findings.at(value.span, format!("`{text}` is no percentage between 0 and 100"));
        findings.push(finding.help("write how many of 100 requests are mirrored"));
    }
}
