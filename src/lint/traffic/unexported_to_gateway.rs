//! A VirtualService of a gateway is exported to the namespace of its pods.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::gateway::{Gateways, workloads};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3531",
    name: "unexported-to-gateway",
    severity: Severity::Warning,
    equivalents: &["MG-05"],
    why: "The gateway's pods see what their own namespace sees. What is not exported there does not exist for them, and clients get 404.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public] #~
  exportTo: ["."]
  http:
  - redirect: { uri: /new }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
---
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: edge }
spec: { selector: { istio: ingress }, ports: [{ name: http, port: 80 }] }
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  exportTo: [".", edge]
  http:
  - redirect: { uri: /new }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec:
  selector: { matchLabels: { istio: ingress } }
  template:
    metadata: { labels: { istio: ingress } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
---
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: edge }
spec: { selector: { istio: ingress }, ports: [{ name: http, port: 80 }] }
"#,
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let gateways = Gateways::of(cluster);
    for object in cluster.of(Sort::VirtualService) {
        if object.spec().list("exportTo").is_empty() {
            continue;
        }
        for name in object.spec().list("gateways") {
            let Some(gateway) =
                name.text().filter(|it| *it != "mesh").and_then(|it| gateways.named(object, it))
            else {
                continue;
            };
            let places: BTreeSet<&str> =
                workloads(cluster, gateway).map(|it| it.object.namespace()).collect();
            if places.is_empty() || places.iter().any(|it| cluster.is_visible(object, it)) {
                continue;
            }
            let place = places.into_iter().next().unwrap_or_default();
            let message = format!(
                "the pods of this gateway are in `{place}`, where this VirtualService is not exported to"
            );
            findings
                .push(findings.on(object, name.span, message).help(format!("add `{place}` to `exportTo`")));
        }
    }
}
