//! A route of TLS or TCP has destinations.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3052",
    name: "connection-without-destination",
    severity: Severity::Error,
    equivalents: &["VAL-VS-24", "VAL-VS-25", "IST0106"],
    why: "Connections can only be handed on; Istio refuses a route that does not say to whom.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  tcp:
  - match: [{ port: 9000 }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  tcp:
  - match: [{ port: 9000 }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    for route in spec.list("tls").iter().chain(spec.list("tcp")).filter(|it| matches!(it.kind, Kind::Map(_)))
    {
        if route.list("route").is_empty() {
            let finding = findings.at(route.span, "this route has no `route` with a destination");
            findings.push(finding.help("give it a `route` with a `destination`"));
        }
    }
}
