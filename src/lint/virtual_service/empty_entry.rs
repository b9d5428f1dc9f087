//! An entry of a list of routes, destinations, mirrors or matches is not null.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::routes;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3013",
    name: "empty-entry",
    severity: Severity::Error,
    equivalents: &["VAL-VS-08", "VAL-VS-10", "VAL-VS-12", "IST0106"],
    why: "A dash with nothing behind it is an entry that says nothing; Istio refuses it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - #~
  - route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let mut tell = |what: &str, node: &Node, around: Span| {
        if node.is_null() {
            let span = if node.span.is_some() { node.span } else { around };
            let finding = findings.at(span, format!("this entry of `{what}` is empty"));
            findings.push(finding.help("take the dash away, or write what it should say"));
        }
    };
    for route in spec.list("http") {
        tell("http", route, spec.span);
        route.list("mirrors").iter().for_each(|it| tell("mirrors", it, route.span));
    }
    for key in ["tls", "tcp"] {
        for route in spec.list(key) {
            route.list("match").iter().for_each(|it| tell("match", it, route.span));
        }
    }
    for route in routes(object) {
        route.list("route").iter().for_each(|it| tell("route", it, route.span));
    }
}
