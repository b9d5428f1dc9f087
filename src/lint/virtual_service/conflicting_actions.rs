//! Of the things that can be done with a request, some exclude others.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, is_delegate};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3012",
    name: "conflicting-actions",
    severity: Severity::Error,
    equivalents: &["VAL-VS-09", "VAL-VS-10", "IST0106"],
    why: "A redirect or a direct answer ends a request, so nothing is left to route, rewrite or disturb; Istio refuses both together, and two ways to mirror as well.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new }
    rewrite: { uri: /old } #~
  - mirror: { host: a }
    mirrors: [{ destination: { host: b } }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        // A delegating route has a mistake of its own.
        if route.has("delegate") && !is_delegate(object) {
            continue;
        }
        for (first, others) in [
            ("redirect", &["route", "fault", "rewrite", "directResponse"][..]),
            ("directResponse", &["route", "fault", "rewrite"]),
            ("mirror", &["mirrors"]),
        ] {
            let Some(one) = route.entry(first) else { continue };
            for other in others.iter().filter_map(|it| route.entry(it)) {
                if matches!(other.value.kind, Kind::Map(_)) || !other.value.items().is_empty() {
                    let message = format!("a route has `{first}` or `{}`, not both", other.key);
                    let finding = findings.at(other.key.span, message).related(one.key.span, "the other");
                    findings.push(finding.help("take one of them away, or make it two routes"));
                }
            }
        }
    }
}
