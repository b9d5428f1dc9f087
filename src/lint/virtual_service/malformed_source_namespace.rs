//! A match by the namespace of the caller names a namespace.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3028",
    name: "malformed-source-namespace",
    severity: Severity::Error,
    equivalents: &["VAL-VS-15", "IST0106"],
    why: "A namespace is a label of DNS: no caller is in any other, and Istio refuses the match.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ sourceNamespace: shop/web }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ sourceNamespace: shop }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].match[].sourceNamespace")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    if let Err(reason) = host::dns_label(text) {
        findings.push(
            findings
                .at(value.span, format!("`{text}` is no namespace: {reason}"))
                .help("write the name of one namespace"),
        );
    }
}
