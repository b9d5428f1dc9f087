//! Routes are asked in order: behind one that takes everything, none is reached.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::seen::Seen;
use crate::lint::virtual_service::walk::PROTOCOLS;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3080",
    name: "shadowed-route",
    severity: Severity::Warning,
    equivalents: &["IST0130"],
    why: "The first route that matches wins, so a route behind one without matches, or whose matches all stand before it, never gets a request.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews-v1 } }]
  - match: [{ uri: { prefix: /beta } }] #~
    route: [{ destination: { host: reviews-v2 } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ uri: { prefix: /beta } }]
    route: [{ destination: { host: reviews-v2 } }]
  - route: [{ destination: { host: reviews-v1 } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for protocol in PROTOCOLS {
        let mut open: Option<&Node> = None;
        let mut seen = Seen::default();
        for route in object.spec().list(protocol).iter().filter(|it| !it.is_null()) {
            let matches = route.list("match");
            let before = open.map(|it| it.span);
            if matches.is_empty() {
                if let Some(before) = before {
                    let message = "no request reaches this route: one without matches stands before it";
                    findings.push(
                        findings.at(route.span, message).related(before, "takes everything").help(HELP),
                    );
                }
                open = Some(route);
                continue;
            }
            if let Some(before) = before {
                let message = "no request reaches this route: a route without matches stands before it";
                findings
                    .push(findings.at(route.span, message).related(before, "takes everything").help(HELP));
                continue;
            }
            let known: Vec<Span> = matches.iter().filter_map(|it| seen.before(it)).collect();
            if known.len() == matches.len() {
                let message = "no request reaches this route: all its matches stand in routes before it";
                let finding = findings.at(route.span, message);
                findings.push(finding.related(known[0], "the same").help("take it away, or move it forward"));
            }
        }
    }
}

const HELP: &str = "move the route without matches to the end";
