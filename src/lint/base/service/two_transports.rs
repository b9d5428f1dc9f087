//! Services over one workload do not use one port number for TCP and for UDP.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::lint::base::service::{MOST_SHOWN, in_mesh, names, ports_over};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5004",
    name: "two-transports",
    severity: Severity::Warning,
    equivalents: &["IST0116"],
    why: "A sidecar has one listener a port: Services that give one number different transports cannot both be served.",
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
spec: { selector: { app: web }, ports: [{ name: tcp, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-udp, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: udp, port: 80, protocol: UDP }] }
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
spec: { selector: { app: web }, ports: [{ name: tcp, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-udp, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: udp, port: 81, protocol: UDP }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in in_mesh(cluster) {
        let mut by_port: BTreeMap<i64, Vec<(&str, &Object, &Node)>> = BTreeMap::new();
        for (service, port) in ports_over(cluster, workload) {
            let transport = port.word("protocol").filter(|it| !it.is_empty()).map_or("TCP", |it| it.as_str());
            by_port
                .entry(port.whole("port").unwrap_or_default())
                .or_default()
                .push((transport, service, port));
        }
        for (number, all) in by_port {
            let Some((_, first, _)) = all.first().filter(|first| all.iter().any(|it| it.0 != first.0)) else {
                continue;
            };
            let services = names(all.iter().map(|it| it.1));
            let message = format!(
                "port {number} of `{}` has more than one transport: {services}",
                workload.object.name
            );
            let mut finding = findings.on(workload.object, workload.object.span(), message);
            // One Service with both, as for DNS, was meant so.
            if all.iter().all(|it| it.1.id == first.id) {
                finding.severity = Severity::Info;
            }
            for (transport, _, port) in all.iter().take(MOST_SHOWN) {
                finding = finding.related(port.span, *transport);
            }
            findings.push(finding.help("give one of them another port number"));
        }
    }
}
