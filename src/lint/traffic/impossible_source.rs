//! At a gateway, the caller is the gateway itself.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_gateways;
use crate::lint::traffic::gateway::{Gateways, workloads};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;
use crate::source::Str;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG3533",
    name: "impossible-source",
    severity: Severity::Warning,
    equivalents: &["MG-13"],
    why: "Labels and namespace of the source are those of the proxy that routes: where only a gateway does, they are the gateway's, and a match by those of clients never holds.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - match: [{ sourceLabels: { app: web } }] #~
    redirect: { uri: /new }
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
  http:
  - match: [{ sourceLabels: { istio: ingress } }]
    redirect: { uri: /new }
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
    for object in cluster.of(Sort::VirtualService).filter(|it| is_for_gateways(it)) {
        let names = object.spec().list("gateways").iter().filter_map(|it| it.text());
        let pods: Vec<Workload<'_>> =
            names.filter_map(|it| gateways.named(object, it)).flat_map(|it| workloads(cluster, it)).collect();
        if pods.is_empty() {
            continue;
        }
        object.spec().each_at("http[].match[]", &mut |part| {
            let labels = part
                .entry("sourceLabels")
                .filter(|it| !pods.iter().any(|pod| pod.carries(it.value.entries())));
            let in_place = |it: &&Entry| {
                let place = it.value.text().map_or("", Str::as_str);
                place.is_empty() || pods.iter().any(|it| it.object.namespace() == place)
            };
            let namespace = part.entry("sourceNamespace").filter(|it| !in_place(it));
            for entry in labels.into_iter().chain(namespace) {
                let message = format!("no pod of its gateways fits this `{}`", entry.key);
                let finding = findings.on(object, entry.key.span, message);
                findings.push(finding.help("bind it to `mesh`, or match by something that requests carry"));
            }
        });
    }
}
