//! The ServiceAccount that pods run as is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::reference::{SORTS, is_made};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::names::Named;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5326",
    name: "unknown-account-of-pods",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The API server makes no pod whose ServiceAccount does not exist: the workload has no pods, and its events say why.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: website #~
      containers: [{ name: web, image: 'web:1' }]
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      containers: [{ name: web, image: 'web:1' }]
",
    run: Run::Each(SORTS, run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(workload) = Workload::of(object).filter(|_| !is_made(object)) else { return };
    let spec = workload.pod_spec();
    let said = spec.get("serviceAccountName").or_else(|| spec.get("serviceAccount")).and_then(Node::as_text);
    let Some(said) = said.filter(|it| !it.is_empty() && it.as_str() != "default") else { return };
    if matches!(cluster.look_up(Sort::ServiceAccount, object.namespace(), &said), Named::Missing) {
        let message =
            format!("`{}` runs as ServiceAccount `{said}`, which is not in these files", object.name);
        let there = cluster.names_beside(Sort::ServiceAccount, object.namespace(), &said);
        findings.push(findings.at(said.span, message).suggest(&said, there));
    }
}
