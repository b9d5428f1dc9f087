//! Of several destinations, one has a weight.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::routes;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3018",
    name: "weightless-route",
    severity: Severity::Error,
    equivalents: &["VAL-VS-11", "IST0106"],
    why: "Where all weights are zero or left out, no share of the requests can be computed; Istio refuses such a route.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: #~
    - destination: { host: reviews-v1 }
    - destination: { host: reviews-v2 }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - { destination: { host: reviews-v1 }, weight: 90 }
    - { destination: { host: reviews-v2 }, weight: 10 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in routes(object).filter_map(|it| it.entry("route")) {
        let destinations = entry.value.items();
        // Istio adds up in 32 bits.
        let weights = destinations.iter().map(|it| it.whole("weight").and_then(|it| i32::try_from(it).ok()));
        let total = weights.map(Option::unwrap_or_default).fold(0_i32, i32::wrapping_add);
        if destinations.len() > 1 && total == 0 {
            let message =
                format!("the weights of these {} destinations add up to nothing", destinations.len());
            findings.push(findings.at(entry.key.span, message).help("give each destination a `weight`"));
        }
    }
}
