//! Whoever checks tokens needs no key to make them.

use crate::diag::Severity;
use crate::kube::Sort::RequestAuthentication;
use crate::lint::policy::key_set::keys;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4033",
    name: "key-of-the-issuer",
    severity: Severity::Warning,
    equivalents: &["VAL-RA-W1", "IST0133"],
    why: "A private or symmetric key lets every reader of this object make tokens; to check them takes only a public \
          one.",
    bad: "
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: shop, namespace: shop }
spec:
  jwtRules:
  - issuer: https://example.com
    jwks: '{\"keys\":[{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMko\"}]}' #~
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
    let Some(keys) = value.text().and_then(|it| keys(it).ok()) else { return };
    for (at, _) in keys.iter().enumerate().filter(|it| it.1.is_private) {
        let message = format!("key {} of `jwks` is one that makes tokens", at + 1);
        findings.push(findings.at(value.span, message).help("replace it with its public half"));
    }
}
