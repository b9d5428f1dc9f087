//! A rule about tokens says who issues them or where the keys are.

use crate::diag::Severity;
use crate::kube::Sort::RequestAuthentication;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::{Kind, Node};

pub static RULE: Rule = Rule {
    code: "MG4030",
    name: "token-of-nobody",
    severity: Severity::Error,
    equivalents: &["VAL-RA-01", "IST0106"],
    why: "Istio looks for the keys of an issuer, at `jwksUri` or at the place that the issuer publishes; without both \
          nothing can be checked, and it refuses the rule.",
    bad: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - audiences: [shop] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    audiences: [shop]
",
    run: Run::Values(&[(RequestAuthentication, "spec.jwtRules[]")], run),
};

fn run(rule: &Node, findings: &mut Findings<'_>) {
    if !matches!(rule.kind, Kind::Map(_)) {
        return;
    }
    let says = |key: &str| rule.word(key).is_some_and(|it| !it.is_empty());
    if !says("issuer") && !says("jwksUri") && !says("jwks_uri") {
        let span = rule.entries().first().map_or(rule.span, |it| it.key.span);
        let finding = findings.at(span, "a rule about tokens has neither `issuer` nor `jwksUri`");
        findings.push(finding.help("name who issues them, as `issuer: https://accounts.example.com`"));
    }
}
