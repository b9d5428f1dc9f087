//! Of a Service with several ports, a destination says which.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::destinations;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::destination::ports;

pub static RULE: Rule = Rule {
    code: "MG3508",
    name: "ambiguous-destination-port",
    severity: Severity::Error,
    equivalents: &["IST0112", "MG-04"],
    why: "Istio takes the port that the request came at: behind a gateway that is the gateway's, which the Service may not have, and requests are answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }] #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 80 }, { name: http-admin, port: 8080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, port: { number: 80 } } }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 80 }, { name: http-admin, port: 8080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object).into_iter().filter(|it| !it.node.has("port")) {
            let Some(target) = it.target(cluster) else { continue };
            if target.spec().list("ports").len() > 1 {
                let known: Vec<String> = ports(target).map(|it| it.number.to_string()).collect();
                let message = format!("`{}` has the ports {}, and none is named", it.host, known.join(", "));
                let finding = findings.on(object, it.span, message).related(target.span(), "declared here");
                findings.push(finding.help("write `port: { number: … }` beside the host"));
            }
        }
    }
}
