//! A VirtualService without hosts is a part of others: it binds nothing by itself.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::is_delegate;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3002",
    name: "delegate-with-binding",
    severity: Severity::Error,
    equivalents: &["VAL-VS-02", "IST0106"],
    why: "Without hosts it is a delegate, which gets hosts and gateways from whoever delegates to it; Istio refuses its own gateways, and only HTTP can be delegated.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  gateways: [shop/public] #~
  http:
  - route: [{ destination: { host: reviews } }]
  tcp: #~
  - route: [{ destination: { host: reviews } }]
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
    for key in ["gateways", "tls", "tcp"] {
        let Some(entry) = object.spec().entry(key).filter(|it| !it.value.items().is_empty()) else {
            continue;
        };
        let message =
            format!("a VirtualService without `hosts` is a delegate, and a delegate has no `{key}`");
        findings.push(findings.at(entry.key.span, message).help("give it `hosts`, or take this away"));
    }
}
