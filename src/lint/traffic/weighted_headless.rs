//! Subsets need a Service that Envoy balances.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::destinations;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3539",
    name: "subsets-without-balancing",
    severity: Severity::Warning,
    equivalents: &["MG-32"],
    why: "For a headless Service or an ExternalName, sidecars connect to the address that the client looked up: the labels of a subset are not honoured, and neither are shares between subsets.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: reviews, subset: v1 }, weight: 90 } #~
    - { destination: { host: reviews, subset: v2 }, weight: 10 } #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }], clusterIP: None }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]
",
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: reviews, subset: v1 }, weight: 90 }
    - { destination: { host: reviews, subset: v2 }, weight: 10 }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v1 } }
  template:
    metadata: { labels: { app: reviews, version: v1 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v2 } }
  template:
    metadata: { labels: { app: reviews, version: v2 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
"#,
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object).into_iter().filter(|it| !it.mirrors) {
            let (Some(subset), Some(target)) = (it.subset(), it.target(cluster)) else { continue };
            let is = |key: &str, value: &str| target.spec().word(key).is_some_and(|it| it == value);
            if target.is(Sort::Service) && (is("clusterIP", "None") || is("type", "ExternalName")) {
                let message =
                    format!("`{}` is no Service that Envoy balances, so subsets do not count", target.name);
                let finding = findings.on(object, subset.span, message).related(target.span(), "the Service");
                findings.push(finding.help("give the Service a cluster address"));
            }
        }
    }
}
