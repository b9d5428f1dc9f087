//! A delegate does not delegate.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::{http, is_delegate};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3003",
    name: "delegating-delegate",
    severity: Severity::Error,
    equivalents: &["VAL-VS-02", "IST0106"],
    why: "Istio merges one level of delegation and refuses a second.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  http:
  - delegate: { name: deeper } #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if !is_delegate(object) {
        return;
    }
    for entry in http(object).filter_map(|it| it.entry("delegate")) {
        let message = "a VirtualService without `hosts` is a delegate, and a delegate does not delegate";
        findings.push(findings.at(entry.key.span, message).help("give it `hosts`, or route here"));
    }
}
