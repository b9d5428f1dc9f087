//! A destination names a port that the Service has.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::destinations;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::destination::ports;

pub static RULE: Rule = Rule {
    code: "MG3507",
    name: "unknown-destination-port",
    severity: Severity::Error,
    equivalents: &["IST0101"],
    why: "Envoy builds one cluster a port; of another port there is none, so requests are answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, port: { number: 8080 } } }] #~
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
  - route: [{ destination: { host: reviews, port: { number: 9080 } } }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object) {
            let Some(number) = it.node.at(&["port", "number"]) else { continue };
            let (Some(wanted), Some(target)) = (number.as_whole(), it.target(cluster)) else { continue };
            if ports(target).all(|it| it.number != wanted) {
                let message = format!("`{}` has no port {wanted}", it.host);
                let finding =
                    findings.on(object, number.span, message).related(target.span(), "declared here");
                let known: Vec<String> = ports(target).map(|it| it.number.to_string()).collect();
                let help = match &known[..] {
                    [] => "it declares no ports".to_owned(),
                    [only] => format!("its port is {only}"),
                    many => format!("its ports are {}", many.join(", ")),
                };
                findings.push(finding.help(help));
            }
        }
    }
}
