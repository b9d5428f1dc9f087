//! A policy that denies everything leaves nothing to allow.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::{Entry, Node};

pub static RULE: Rule = Rule {
    code: "MG4579",
    name: "denied-to-all",
    severity: Severity::Warning,
    equivalents: &["MG-29"],
    why: "A DENY counts before every ALLOW: one with an empty rule closes the workload, whatever others allow.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  action: DENY
  rules: [{}] #~
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [web] } }] }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec: {}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [web] } }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy).filter(|it| walk::action(it) == "DENY") {
        let is_empty = |it: &&Node| it.entries().iter().all(|it: &Entry| it.value.items().is_empty());
        let Some(rule) = walk::rules(policy).iter().find(is_empty) else { continue };
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let allows = |it: &&Object| walk::action(it) == "ALLOW" && !walk::rules(it).is_empty();
        let mut chosen = cluster.pods(Some(policy.namespace()), labels);
        let Some(moot) = chosen.find_map(|it| cluster.authorizations(it).into_iter().find(allows)) else {
            continue;
        };
        let message = format!("`{}` denies everything, also what `{}` allows", policy.name, moot.name);
        let finding = findings.on(policy, rule.span, message).related(moot.span(), "what it allows in vain");
        findings
            .push(finding.help("close it with an ALLOW without rules, `spec: {}`: others can then open it"));
    }
}
