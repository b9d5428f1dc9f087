//! Methods are written in capitals.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4522",
    name: "method-in-small-letters",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Envoy compares methods letter by letter, and clients send them in capitals: `get` never matches.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [get] } }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET] } }]
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].to[].operation.methods[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notMethods[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| it.contains(|it: char| it.is_ascii_lowercase())) else {
        return;
    };
    let capitals = text.to_ascii_uppercase();
    let mut finding = findings.at(value.span, format!("no client sends the method `{text}`"));
    finding.fix = Some(capitals.to_string());
    findings.push(finding.help(format!("write `{capitals}`")));
}
