//! An origin that may call says which one.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::set;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Kind;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3044",
    name: "empty-cors-origin",
    severity: Severity::Error,
    equivalents: &["VAL-VS-23", "IST0106"],
    why: "Istio refuses an origin without a value: it would allow nobody, or everybody.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowOrigins: [{ exact: "" }] } #~
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowOrigins: [{ exact: "https://example.com" }] }
"#,
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].corsPolicy.allowOrigins[]")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if matches!(value.kind, Kind::Map(_))
        && ["exact", "prefix", "regex"].iter().all(|it| set(value, it).is_none())
    {
        let finding = findings.at(value.span, "this origin is empty");
        findings.push(finding.help("write `exact`, `prefix` or `regex` with the origin that may call"));
    }
}
