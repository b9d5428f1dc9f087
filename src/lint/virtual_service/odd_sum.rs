//! Weights are shares of their sum.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::routes;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3063",
    name: "weights-not-adding-up",
    severity: Severity::Info,
    equivalents: &["MG-20"],
    why: "Istio does not ask for 100: weights of 1 and 3 are a quarter and the rest. Who reads them as percentages is mistaken where they add up to something else.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: #~
    - { destination: { host: a }, weight: 90 }
    - { destination: { host: b }, weight: 20 }
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
    for entry in routes(object).filter_map(|it| it.entry("route")) {
        let weights = entry.value.items().iter().map(|it| it.whole("weight").unwrap_or_default());
        let total = weights.fold(0_i64, i64::saturating_add);
        if entry.value.items().len() > 1 && total != 100 && total > 0 {
            let message = format!("these weights add up to {total}, not to 100");
            findings.push(
                findings
                    .at(entry.key.span, message)
                    .help("nothing, if they are meant as shares of their sum"),
            );
        }
    }
}
