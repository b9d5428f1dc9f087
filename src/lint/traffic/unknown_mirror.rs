//! Requests are mirrored to a host that the mesh knows.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, destinations, knowledge};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3503",
    name: "unknown-mirror",
    severity: Severity::Error,
    equivalents: &["IST0101"],
    why: "Envoy drops mirrored requests whose host has no cluster, and nobody notices: the copy is never missed.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: ratings } #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirror: { host: ratings }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: ratings, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object).into_iter().filter(|it| it.mirrors) {
            if !matches!(knowledge(cluster, object, it.host), Knowledge::Unknown) {
                continue;
            }
            let finding =
                findings.on(object, it.span, format!("no Service or ServiceEntry declares `{}`", it.host));
            findings.push(finding.help("name a host that the mesh knows, or mirror nothing"));
        }
    }
}
