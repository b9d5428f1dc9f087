//! What a HorizontalPodAutoscaler scales exists.

use crate::diag::Severity;
use crate::kube::{Sort, group};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::names::Named;
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5321",
    name: "unknown-scale-target",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Nothing is scaled, and only the events of the autoscaler say so.",
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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: website } #~
  maxReplicas: 4
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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 4
",
    run: Run::Each(&[Sort::HorizontalPodAutoscaler], run),
};

fn run(scaler: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let Some(target) = scaler.spec().get("scaleTargetRef") else { return };
    let (Some(kind), Some(name)) = (target.word("kind"), target.get("name").and_then(Node::as_text)) else {
        return;
    };
    // The group may be left out, which no kind but the oldest takes.
    let of_group = target.word("apiVersion").map_or("apps", |it| group(it));
    let Some(sort) = Sort::of(of_group, kind) else { return };
    let named = cluster.look_up(sort, scaler.namespace(), &name);
    if matches!(named, Named::There(_) | Named::Elsewhere) {
        return;
    }
    let message = format!("`{}` scales {kind} `{name}`, which is not in these files", scaler.name);
    let mut finding =
        findings.at(name.span, message).suggest(&name, cluster.names_beside(sort, scaler.namespace(), &name));
    if matches!(named, Named::Unknown) {
        finding.severity = Severity::Info;
    }
    findings.push(finding);
}
