//! The mode of a port belongs to a port of the pods.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ports;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4573",
    name: "mode-of-no-port",
    severity: Severity::Warning,
    equivalents: &["MG-19"],
    why: "The keys of `portLevelMtls` are ports of the pods, not of their Service; a mode of another port has no \
          effect.",
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
kind: PeerAuthentication
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  portLevelMtls: { 80: { mode: DISABLE } } #~
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
kind: PeerAuthentication
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  portLevelMtls: { 8080: { mode: DISABLE } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::PeerAuthentication) {
        let labels = policy.spec().get("selector").map_or(&[][..], |it| it.pairs("matchLabels"));
        let modes = policy.spec().pairs("portLevelMtls");
        if labels.is_empty() || modes.is_empty() {
            continue;
        }
        let chosen: Vec<Workload<'_>> = cluster.pods(Some(policy.namespace()), labels).collect();
        for mode in modes {
            let Ok(number) = mode.key.parse::<u16>() else { continue };
            if let Some(workload) = ports::lack(&chosen, number, cluster) {
                let finding = tell((number, workload), cluster);
                findings.push(findings.on(policy, mode.key.span, finding.0).help(finding.1));
            }
        }
    }
}

fn tell((number, workload): (u16, Workload<'_>), cluster: &Cluster) -> (String, String) {
    let message = format!("no port of `{}` is {number}", workload.object.name);
    let help = match ports::meant(workload, number, cluster) {
        Some(target) => {
            format!("port {number} of its Service leads to port {target} of the pods: write that")
        }
        None => "write a port that the pods listen at".to_owned(),
    };
    (message, help)
}
