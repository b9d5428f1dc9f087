//! A CORS policy allows methods of HTTP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3045",
    name: "unknown-cors-method",
    severity: Severity::Error,
    equivalents: &["VAL-VS-23", "IST0106"],
    why: "Istio refuses any other word: browsers never ask for it. Capitals count.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowMethods: [get] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    corsPolicy: { allowMethods: [GET] }
",
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].corsPolicy.allowMethods[]")], run),
};

const METHODS: [&str; 10] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !METHODS.contains(&it.as_str())) else { return };
    findings.push(findings.at(value.span, format!("`{text}` is no method of HTTP")).suggest(text, METHODS));
}
