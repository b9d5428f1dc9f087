//! A provider decides for CUSTOM policies, and for no others.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4011",
    name: "misplaced-provider",
    severity: Severity::Error,
    equivalents: &["VAL-AP-01", "IST0106"],
    why: "A CUSTOM policy hands the decision to a provider of the mesh configuration and has to name it. Other actions \
          decide by themselves: Istio refuses a provider there.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec: { action: CUSTOM, rules: [{}] } #~
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: allow, namespace: shop }
spec: { action: ALLOW, provider: { name: opa }, rules: [{}] } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec: { action: CUSTOM, provider: { name: opa }, rules: [{}] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = policy.spec();
    let (action, provider) = (walk::action(policy), spec.entry("provider"));
    if action == "CUSTOM" {
        let named = provider.and_then(|it| it.value.word("name")).is_some_and(|it| !it.is_empty());
        if named || walk::rules(policy).is_empty() {
            return;
        }
        let span = provider.or(spec.entry("action")).map_or(policy.span(), |it| it.value.span);
        let finding = findings.at(span, "a CUSTOM policy has no `provider.name`");
        return findings.push(finding.help("name one of `extensionProviders` of the mesh configuration"));
    }
    if let Some(provider) = provider {
        let finding = findings.at(provider.key.span, format!("`{action}` has a `provider`"));
        findings.push(finding.help("take it away, or let it decide with `action: CUSTOM`"));
    }
}
