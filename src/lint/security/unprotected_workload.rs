//! Somebody says who may call a workload.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::authorization::has_targets;
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4590",
    name: "unprotected-workload",
    severity: Severity::Info,
    equivalents: &["KIA1301"],
    why: "A workload that no AuthorizationPolicy of its namespace or of the mesh is about takes requests from \
          everybody.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop } #~
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ from: [{ source: { namespaces: [shop] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    // Which workloads a policy with targets is about is seen from its targets only.
    let targeted = cluster.of(Sort::AuthorizationPolicy).filter(|it| has_targets(it));
    let targeted: BTreeSet<&str> = targeted.map(Object::namespace).collect();
    if targeted.contains(cluster.config.root_namespace()) {
        return;
    }
    for workload in cluster.workloads() {
        let object = workload.object;
        let is_made = object.node.get("metadata").is_some_and(|it| it.has("ownerReferences"));
        if is_made || targeted.contains(object.namespace()) || !cluster.authorizations(workload).is_empty() {
            continue;
        }
        let message = format!("no AuthorizationPolicy says who may call `{}`", object.name);
        let finding = findings.on(object, object.span(), message);
        findings.push(finding.help("allow its callers with an AuthorizationPolicy"));
    }
}
