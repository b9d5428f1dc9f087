//! A TLS route says for which names it is.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3048",
    name: "tls-route-without-names",
    severity: Severity::Error,
    equivalents: &["VAL-VS-24", "IST0106"],
    why: "Nothing else can be seen of an encrypted connection; Istio refuses a TLS route without a match, and a match without `sniHosts`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [a.example.com]
  tls:
  - match: [] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [a.example.com]
  tls:
  - match: [{ sniHosts: [a.example.com] }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in object.spec().list("tls") {
        // Where the key is missing, the shape of the kind says it.
        let empty = |node: &Node, key: &str| {
            node.entry(key).filter(|it| it.value.items().is_empty()).map(|it| it.key.span)
        };
        let of_matches = route.list("match").iter().filter_map(|it| empty(it, "sniHosts"));
        for span in empty(route, "match").into_iter().chain(of_matches) {
            let finding = findings.at(span, "this TLS route does not say for which names it is");
            findings.push(finding.help("write `match: [{ sniHosts: [NAME] }]`"));
        }
    }
}
