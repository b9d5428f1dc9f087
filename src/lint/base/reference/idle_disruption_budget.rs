//! A PodDisruptionBudget is for some pods.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5322",
    name: "idle-disruption-budget",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The pods that it was meant for may all be evicted at once when a node is drained.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: website } } } #~
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
",
    run: Run::Each(&[Sort::PodDisruptionBudget], run),
};

fn run(budget: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let namespace = budget.namespace();
    let selector = budget.spec().get("selector").filter(|it| !it.is_null());
    let Some(selector) = selector else {
        let finding =
            findings.at(budget.span(), format!("`{}` has no selector, and so it is for no pod", budget.name));
        return findings.push(finding.help("write the labels of the pods into `selector.matchLabels`"));
    };
    if cluster.fitting(namespace, selector).next().is_none() && cluster.has_pods(namespace) {
        let message = format!("`{}` is for no pod of these files", budget.name);
        let help = "write the labels that the template of the pods has";
        findings.push(findings.at(selector.span, message).help(help));
    }
}
