//! Services over one workload agree on what a port of its pods speaks.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::lint::base::service::{in_mesh, ports_over, target};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Protocol};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5006",
    name: "contested-protocol",
    severity: Severity::Warning,
    equivalents: &["MG-30", "MG-41"],
    why: "A sidecar takes the protocol of an inbound port from the oldest of the Services that lead there: after a \
          Service was made anew, another one may win.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop } #~
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-canary, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: tcp, port: 80 }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }
    spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-canary, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http-canary, port: 80 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in in_mesh(cluster) {
        let mut by_target: BTreeMap<&str, Vec<(Protocol, &Object, &Node)>> = BTreeMap::new();
        for (service, port) in ports_over(cluster, workload) {
            let protocol = Protocol::of_service_port(port);
            if let Some(target) = target(port).filter(|_| protocol != Protocol::Udp) {
                by_target.entry(target).or_default().push((protocol, service, port));
            }
        }
        for (target, all) in by_target {
            let Some((protocol, service, port)) = all.first() else { continue };
            let Some(other) = all.iter().find(|it| it.0 != *protocol && it.1.id != service.id) else {
                continue;
            };
            let message = format!(
                "port `{target}` of `{}` is {} to `{}` and {} to `{}`",
                workload.object.name,
                protocol.word(),
                service.name,
                other.0.word(),
                other.1.name,
            );
            let finding = findings.on(workload.object, workload.object.span(), message);
            let finding = finding.related(port.span, "one protocol").related(other.2.span, "another");
            findings.push(finding.help("give both ports the same protocol"));
        }
    }
}
