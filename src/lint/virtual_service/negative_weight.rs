//! A destination has a weight of zero or more.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3017",
    name: "negative-weight",
    severity: Severity::Error,
    equivalents: &["VAL-VS-11", "IST0106"],
    why: "A weight is a share of the requests; Istio refuses less than nothing.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: a }, weight: 101 }
    - { destination: { host: b }, weight: -1 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: a }, weight: 99 }
    - { destination: { host: b }, weight: 1 }
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].route[].weight"),
            (Sort::VirtualService, "spec.tls[].route[].weight"),
            (Sort::VirtualService, "spec.tcp[].route[].weight"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if let Some(weight) = value.as_whole().filter(|it| *it < 0) {
        findings.push(
            findings
                .at(value.span, format!("the weight is `{weight}`, less than nothing"))
                .help("write 0 or more"),
        );
    }
}
