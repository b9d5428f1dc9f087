//! No text among the values of a policy is empty.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4014",
    name: "empty-policy-value",
    severity: Severity::Error,
    equivalents: &["VAL-AP-04", "IST0106"],
    why: "Nothing that a request has is compared with an empty text: Istio refuses it.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { namespaces: [\"\"] } #~
    to:
    - operation:
        methods: [GET, \"\"] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { namespaces: [web] }
    to:
    - operation:
        methods: [GET, \"*\"]
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].from[].source.principals[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notPrincipals[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.requestPrincipals[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notRequestPrincipals[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.namespaces[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notNamespaces[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.hosts[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notHosts[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.methods[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notMethods[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.paths[]"),
            (AuthorizationPolicy, "spec.rules[].to[].operation.notPaths[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if value.text().is_some_and(crate::source::Str::is_empty) {
        let finding = findings.at(value.span, "the policy compares with an empty text");
        findings.push(finding.help("take it away; `*` is any value that is there"));
    }
}
