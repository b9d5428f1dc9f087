//! A policy that only pretends is one that allows or denies.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Entry;

const DRY_RUN: &str = "istio.io/dry-run";

pub static RULE: Rule = Rule {
    code: "MG4022",
    name: "unusable-dry-run",
    severity: Severity::Error,
    equivalents: &["VAL-AP-DRY"],
    why: "`istio.io/dry-run` makes ALLOW and DENY log what they would do. Istio's webhook refuses it with other \
          actions, and a value that is neither true nor false.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop, annotations: { istio.io/dry-run: \"on\" } } #~
spec: { rules: [{}] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: audit, namespace: shop, annotations: { istio.io/dry-run: \"true\" } } #~
spec: { action: AUDIT, rules: [{}] }
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop, annotations: { istio.io/dry-run: \"true\" } }
spec: { rules: [{}] }
",
    run: Run::Each(&[Sort::AuthorizationPolicy], run),
};

/// What Go's `strconv.ParseBool` reads.
const BOOLS: [&str; 12] = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"];

fn run(policy: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let named = |it: &&Entry| it.key.as_str() == DRY_RUN;
    let Some(annotation) = policy.annotations().iter().find(named) else { return };
    let action = walk::action(policy);
    if !matches!(action, "ALLOW" | "DENY") {
        let message = format!("`{DRY_RUN}` stands on a policy with the action `{action}`");
        let finding = findings.at(annotation.key.span, message);
        return findings.push(finding.help("only ALLOW and DENY can be tried"));
    }
    let value = annotation.value.text().map_or("", |it| it.as_str());
    if !BOOLS.contains(&value) {
        let message = format!("`{DRY_RUN}` is neither true nor false: `{value}`");
        findings.push(findings.at(annotation.value.span, message).help("write `\"true\"`"));
    }
}
