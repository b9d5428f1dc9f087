//! An HTTP route says where requests go: to destinations, elsewhere by a redirect, or nowhere by an answer.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, is_delegate};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3010",
    name: "route-doing-nothing",
    severity: Severity::Error,
    equivalents: &["VAL-VS-08", "IST0106"],
    why: "Istio refuses a route that does nothing with the requests it matches.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - timeout: 5s #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - timeout: 5s
    route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let delegate = is_delegate(object);
    for route in http(object) {
        // Whoever delegates leaves it to the other; a delegate cannot.
        let delegates = !delegate && route.has("delegate");
        let acts = route.has("redirect") || route.has("directResponse") || !route.list("route").is_empty();
        if !delegates && !acts {
            let finding =
                findings.at(route.span, "this route has neither `route` nor `redirect` nor `directResponse`");
            findings.push(finding.help("give it a `route` with a `destination`"));
        }
    }
}
