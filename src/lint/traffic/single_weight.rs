//! A single destination needs no weight.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3523",
    name: "lone-partial-weight",
    severity: Severity::Warning,
    equivalents: &["KIA1104"],
    why: "Weights are shares among destinations: the only one gets every request, whatever its weight, so the rest that the weight suggests is lost somewhere.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews }, weight: 10 }] #~
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
    for protocol in ["http", "tcp", "tls"] {
        for route in object.spec().list(protocol) {
            let [only] = route.list("route") else { continue };
            let weight = only
                .entry("weight")
                .filter(|it| it.value.as_whole().is_some_and(|it| (1..100).contains(&it)));
            if let Some(entry) = weight {
                let message = format!(
                    "the only destination has the weight {}, and gets everything",
                    entry.value.text().map_or("", Str::as_str)
                );
                findings.push(
                    findings
                        .at(entry.value.span, message)
                        .help("add the other destination, or take the weight away"),
                );
            }
        }
    }
}
