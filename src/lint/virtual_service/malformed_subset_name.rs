//! A subset has the name of a label of DNS.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3021",
    name: "malformed-subset-name",
    severity: Severity::Error,
    equivalents: &["VAL-VS-12", "IST0106"],
    why: "DestinationRules cannot define a subset of any other name, and Istio refuses a route to it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1_2 } }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1-2 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1-2 }] }
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].route[].destination.subset"),
            (Sort::VirtualService, "spec.tls[].route[].destination.subset"),
            (Sort::VirtualService, "spec.tcp[].route[].destination.subset"),
            (Sort::VirtualService, "spec.http[].mirror.subset"),
            (Sort::VirtualService, "spec.http[].mirrors[].destination.subset"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    if let Err(reason) = host::dns_label(text) {
        findings.push(
            findings
                .at(value.span, format!("`{text}` is no name of a subset: {reason}"))
                .help("name it as the DestinationRule does"),
        );
    }
}
