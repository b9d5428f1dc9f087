//! A CORS policy names headers.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::header::header_name;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3046",
    name: "malformed-cors-header",
    severity: Severity::Error,
    equivalents: &["VAL-VS-23", "IST0106"],
    why: "No header has a name of any other form; Istio refuses it. A list has one name an entry.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowHeaders: ["x-a x-b"] } #~
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowHeaders: [x-a, x-b] }
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].corsPolicy.allowHeaders[]"),
            (Sort::VirtualService, "spec.http[].corsPolicy.exposeHeaders[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if let Some((text, Err(reason))) = value.text().map(|it| (it, header_name(it))) {
        findings.push(
            findings
                .at(value.span, format!("`{text}` is no name of a header: {reason}"))
                .help("write one name an entry"),
        );
    }
}
