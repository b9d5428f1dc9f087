//! A route that delegates decides nothing else.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, is_delegate};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3011",
    name: "delegate-beside-action",
    severity: Severity::Error,
    equivalents: &["VAL-VS-08", "IST0106"],
    why: "What happens to the requests is the delegate's to say; Istio refuses a destination or a redirect beside it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - delegate: { name: reviews-routes }
    route: [{ destination: { host: reviews } }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - delegate: { name: reviews-routes }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if is_delegate(object) {
        return;
    }
    for route in http(object).filter(|it| it.has("delegate")) {
        for entry in ["redirect", "route"].iter().filter_map(|it| route.entry(it)) {
            if entry.key.as_str() == "redirect" || !entry.value.items().is_empty() {
                let message = format!("a route that delegates has no `{}`", entry.key);
                findings.push(findings.at(entry.key.span, message).help("leave it to the delegate"));
            }
        }
    }
}
