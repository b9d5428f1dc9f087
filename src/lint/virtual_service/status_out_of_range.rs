//! An answer has a status of HTTP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3034",
    name: "status-out-of-range",
    severity: Severity::Error,
    equivalents: &["VAL-VS-20", "VAL-VS-22", "IST0106"],
    why: "Istio refuses a status below 200 or above 600: clients could not read the answer.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - directResponse: { status: 99 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - directResponse: { status: 503 }
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].directResponse.status"),
            (Sort::VirtualService, "spec.http[].fault.abort.httpStatus"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if let Some(status) = value.as_whole().filter(|it| !(200..=600).contains(it)) {
        findings.push(
            findings
                .at(value.span, format!("`{status}` is no status of an answer"))
                .help("write a status from 200 to 599"),
        );
    }
}
