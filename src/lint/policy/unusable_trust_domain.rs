//! Trust domains in a policy are names, perhaps with a wildcard at one end.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::policy::condition::wildcard;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4019",
    name: "unusable-trust-domain",
    severity: Severity::Error,
    equivalents: &["VAL-AP-06", "IST0106"],
    why: "A trust domain is the first part of an identity. Istio refuses whole identities, empty texts, and a `*` that \
          is neither at the beginning nor at the end.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { trustDomains: [cluster.local/ns/web] } #~
    - source: { notTrustDomains: [\"a*b\"] } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source: { trustDomains: [cluster.local] }
    - source: { notTrustDomains: [\"*.example.com\"] }
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].from[].source.trustDomains[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notTrustDomains[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    let flaw = match text.as_str() {
        "" => Some("it is empty".to_owned()),
        it if it.contains('/') => Some("it has a `/`".to_owned()),
        it => wildcard(it).err(),
    };
    if let Some(reason) = flaw {
        let finding = findings.at(value.span, format!("`{text}` is no trust domain: {reason}"));
        findings.push(finding.help("write `cluster.local`, `*.example.com` or `example.*`"));
    }
}
