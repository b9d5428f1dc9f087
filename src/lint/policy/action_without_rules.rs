//! A policy that acts on what it matches says what that is.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4010",
    name: "action-without-rules",
    severity: Severity::Error,
    equivalents: &["VAL-AP-01", "IST0106"],
    why: "Without rules a policy matches no request. To ALLOW nothing is a way to close a workload; to DENY nothing, or \
          to ask a CUSTOM provider about nothing, does nothing, so Istio refuses it.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: closed, namespace: shop }
spec: { action: DENY } #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: closed, namespace: shop }
spec: { action: DENY, rules: [{}] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = policy.spec();
    let Some(action) = spec.get("action").filter(|_| walk::rules(policy).is_empty()) else { return };
    let Some(word @ ("DENY" | "CUSTOM")) = action.text().map(crate::source::Str::as_str) else { return };
    // A value of another type is another mistake.
    if spec.entry("rules").is_some_and(|it| !matches!(it.value.kind, crate::yaml::Kind::List(_))) {
        return;
    }
    let finding = findings.at(action.span, format!("`{word}` without `rules` never happens"));
    findings.push(finding.help("write `rules: [{}]` if every request is meant"));
}
