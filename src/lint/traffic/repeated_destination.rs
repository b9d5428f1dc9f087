//! A route names each destination once.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::short_host::{Namespaces, resolved};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3524",
    name: "repeated-destination",
    severity: Severity::Warning,
    equivalents: &["KIA1105"],
    why: "Two entries for one host and subset add up their weights; usually one of them was meant for another subset.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: reviews }, weight: 50 } #~
    - { destination: { host: reviews.shop.svc.cluster.local }, weight: 50 } #~
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
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let known = Namespaces::of(cluster);
    for object in cluster.of(Sort::VirtualService) {
        for route in ["http", "tcp", "tls"].iter().flat_map(|it| object.spec().list(it)) {
            let mut seen: BTreeMap<(String, &str), Vec<Span>> = BTreeMap::new();
            for destination in route.list("route").iter().filter_map(|it| it.get("destination")) {
                let Some(host) = destination.word("host") else { continue };
                let subset = destination.word("subset").map_or("", Str::as_str);
                let host = resolved(cluster, &known, host, object.namespace());
                seen.entry((host, subset)).or_default().push(destination.span);
            }
            for spans in seen.into_values().filter(|it| it.len() > 1) {
                for (at, span) in spans.iter().enumerate() {
                    let other = spans[usize::from(at == 0)];
                    let message = "this route names this destination more than once";
                    let finding = findings.on(object, *span, message).related(other, "the other");
                    findings.push(finding.help("make it one entry, or name another subset"));
                }
            }
        }
    }
}
