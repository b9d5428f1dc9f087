//! A pod has one PodDisruptionBudget.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::backing::MOST_BEHIND;
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5323",
    name: "contested-disruption-budget",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The API server refuses to evict a pod that two budgets are for: its node cannot be drained.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: front, namespace: shop } #~
spec: { maxUnavailable: 1, selector: { matchLabels: { tier: front } } }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut first: BTreeMap<usize, &Object> = BTreeMap::new();
    for budget in cluster.of(Sort::PodDisruptionBudget) {
        let Some(selector) = budget.spec().get("selector").filter(|it| !it.is_null()) else { continue };
        let mut contested = None;
        for workload in cluster.fitting(budget.namespace(), selector).take(MOST_BEHIND) {
            let owner = first.entry(workload.object.id).or_insert(budget);
            if owner.id != budget.id {
                contested = contested.or(Some((workload.object, *owner)));
            }
        }
        let Some((pods, other)) = contested else { continue };
        let message =
            format!("the pods of `{}` have two budgets, `{}` and `{}`", pods.name, other.name, budget.name);
        let finding = findings.on(budget, budget.span(), message).related(other.span(), "the other");
        findings.push(finding.help("take one away, or narrow its selector"));
    }
}
