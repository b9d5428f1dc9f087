//! A share of traces is a percentage.

use crate::diag::Severity;
use crate::kube::Sort::Telemetry;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG6001",
    name: "unusable-sampling",
    severity: Severity::Error,
    equivalents: &["VAL-TM-01", "IST0106"],
    why: "`randomSamplingPercentage` says how many of a hundred requests are traced; Istio refuses less than none and \
          more than all.",
    bad: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - randomSamplingPercentage: 120 #~
",
    good: "
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing:
  - randomSamplingPercentage: 12.5
",
    run: Run::Values(&[(Telemetry, "spec.tracing[].randomSamplingPercentage")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if text.parse::<f64>().is_ok_and(|it| !(0.0..=100.0).contains(&it)) {
        let message = format!("`randomSamplingPercentage` is {text}, and a percentage is between 0 and 100");
        findings.push(findings.at(value.span, message).help("write a number from 0 to 100"));
    }
}
