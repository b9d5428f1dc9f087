//! A workload is protected by more than a policy on trial.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG4578",
    name: "tried-only",
    severity: Severity::Warning,
    equivalents: &["MG-28"],
    why: "A policy with `istio.io/dry-run` only logs what it would do. Where it is the only ALLOW for a workload, \
          everybody gets in.",
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
metadata: { name: hello, namespace: shop, annotations: { istio.io/dry-run: \"true\" } } #~
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
spec: { rules: [{ from: [{ source: { namespaces: [web] } }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in
        cluster.of(Sort::AuthorizationPolicy).filter(|it| is_tried(it) && walk::action(it) == "ALLOW")
    {
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let protects = |it: &Object| walk::action(it) == "ALLOW" && !is_tried(it);
        let mut chosen = cluster.pods(Some(policy.namespace()), labels);
        let Some(open) = chosen.find(|it| !cluster.authorizations(*it).into_iter().any(protects)) else {
            continue;
        };
        let message =
            format!("`{}` is only tried, and no other policy protects `{}`", policy.name, open.object.name);
        let finding = findings.on(policy, policy.span(), message);
        findings.push(finding.help("add a policy that allows what is to be allowed meanwhile"));
    }
}

fn is_tried(policy: &Object) -> bool {
    let said = policy.annotation("istio.io/dry-run");
    said.is_some_and(|it| matches!(it.as_str(), "true" | "True" | "TRUE" | "t" | "T" | "1"))
}
