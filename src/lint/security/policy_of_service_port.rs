//! Ports in a policy are those of the pods.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::ports;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;
use crate::mesh::authorization::has_targets;

pub static RULE: Rule = Rule {
    code: "MG4574",
    name: "policy-of-service-port",
    severity: Severity::Warning,
    equivalents: &["MG-22"],
    why: "A proxy compares `ports` with the port at which the pod is reached, which is the `targetPort`: a policy \
          that names the port of the Service matches nothing.",
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
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ to: [{ operation: { ports: [\"80\"] } }] }] #~
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
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ to: [{ operation: { ports: [\"8080\"] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy).filter(|it| !has_targets(it)) {
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let operations = walk::rules(policy).iter().flat_map(walk::operations);
        let numbers = operations.flat_map(|it| it.list("ports").iter().chain(it.list("notPorts")));
        let numbers: Vec<_> =
            numbers.filter_map(|it| Some((it.span, it.text()?.parse::<u16>().ok()?))).collect();
        if labels.is_empty() || numbers.is_empty() {
            continue;
        }
        let chosen: Vec<Workload<'_>> = cluster.pods(Some(policy.namespace()), labels).collect();
        for (span, number) in numbers {
            let Some(workload) = ports::lack(&chosen, number, cluster) else { continue };
            let Some(target) = ports::meant(workload, number, cluster) else { continue };
            let message =
                format!("{number} is a port of the Service over `{}`, not of its pods", workload.object.name);
            let finding = findings.on(policy, span, message);
            findings.push(finding.help(format!("write `\"{target}\"`, which it leads to")));
        }
    }
}
