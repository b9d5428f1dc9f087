//! Browsers remember a CORS policy for whole seconds.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::duration::nanoseconds;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3047",
    name: "fractional-cors-age",
    severity: Severity::Error,
    equivalents: &["VAL-VS-23", "IST0106"],
    why: "The header that says it counts seconds; Istio refuses fractions.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { maxAge: 1500ms } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { maxAge: 2s }
",
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].corsPolicy.maxAge")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if nanoseconds(text).is_some_and(|it| it % 1_000_000_000 > 0) {
        findings.push(
            findings
                .at(value.span, format!("`{text}` is no whole number of seconds"))
                .help("write whole seconds, as `24h` or `600s`"),
        );
    }
}
