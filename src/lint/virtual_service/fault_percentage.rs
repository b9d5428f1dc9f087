//! Of all requests, none, all or at least one in a million are disturbed.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3040",
    name: "fault-percentage-out-of-range",
    severity: Severity::Error,
    equivalents: &["VAL-VS-22", "IST0106"],
    why: "Envoy counts in parts of a million: Istio refuses less than 0.0001 per cent, unless it is nothing, and more than 100.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503, percentage: { value: 0.00001 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503, percentage: { value: 0.1 } } }
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].fault.abort.percentage.value"),
            (Sort::VirtualService, "spec.http[].fault.delay.percentage.value"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if text.parse::<f64>().is_ok_and(|it| !(0.0..=100.0).contains(&it) || (it > 0.0 && it < 0.0001)) {
        let message = format!("`{text}` is neither 0 nor a percentage from 0.0001 to 100");
        findings.push(findings.at(value.span, message).help("write how many of 100 requests are disturbed"));
    }
}
