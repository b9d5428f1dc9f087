//! A destination with the weight 0 gets nothing.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::routes;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3064",
    name: "idle-destination",
    severity: Severity::Info,
    equivalents: &["MG-21"],
    why: "It is often what a finished or a stopped release left behind: nobody reaches that version by this route.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: a }, weight: 100 }
    - { destination: { host: b }, weight: 0 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: a }, weight: 90 }
    - { destination: { host: b }, weight: 10 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in routes(object) {
        let destinations = route.list("route");
        let weight = |it: &Node| it.whole("weight").unwrap_or_default();
        if destinations.len() < 2 || destinations.iter().all(|it| weight(it) == 0) {
            continue;
        }
        for it in destinations.iter().filter(|it| weight(it) == 0) {
            let span = it.get("weight").map_or(it.span, |it| it.span);
            let host = it.at(&["destination", "host"]).and_then(Node::text).map_or("", Str::as_str);
            let finding = findings.at(span, format!("`{host}` gets none of these requests"));
            findings.push(finding.help("give it a weight, or take it away"));
        }
    }
}
