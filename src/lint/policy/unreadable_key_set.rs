//! Keys that stand in a policy can be read.

use crate::diag::Severity;
use crate::kube::Sort::RequestAuthentication;
use crate::lint::policy::key_set::keys;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4032",
    name: "unreadable-key-set",
    severity: Severity::Error,
    equivalents: &["VAL-RA-01", "IST0106"],
    why: "`jwks` holds a JSON Web Key Set as a text. Istio refuses one that it cannot read: nobody's token would pass.",
    bad: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    jwks: '{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\"}]}' #~
",
    good: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    jwks: '{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"xAE7eB6qugXyCAG3\"}]}'
",
    run: Run::Values(&[(RequestAuthentication, "spec.jwtRules[].jwks")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    if let Err(reason) = keys(text) {
        let finding = findings.at(value.span, format!("`jwks` holds no keys: {reason}"));
        findings.push(finding.help("put the issuer's document here, or its address under `jwksUri`"));
    }
}
