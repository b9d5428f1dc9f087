//! A gateway is named as `namespace/name`, or by its name alone.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::gateways::{judged, lists};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3007",
    name: "malformed-gateway-name",
    severity: Severity::Error,
    equivalents: &["VAL-VS-06", "VAL-VS-15", "IST0106"],
    why: "Istio refuses names that no Gateway can have, and no route would ever be bound to one.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [shop/public/web] #~
  http:
  - match: [{ gateways: [/public] }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  gateways: [shop/public]
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for (name, verdict) in lists(object).flat_map(judged) {
        if let (Some(text), Err(reason)) = (name.text(), verdict) {
            let message = format!("`{text}` is no name of a gateway: {reason}");
            findings.push(findings.at(name.span, message).help("write `namespace/name`"));
        }
    }
}
