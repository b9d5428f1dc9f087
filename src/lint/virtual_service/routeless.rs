//! A VirtualService without routes says nothing.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::PROTOCOLS;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3001",
    name: "routeless-virtual-service",
    severity: Severity::Error,
    equivalents: &["VAL-VS-01", "IST0106"],
    why: "Istio's admission webhook refuses it: a VirtualService is nothing but its routes.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop } #~
spec:
  hosts: [reviews]
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
    if PROTOCOLS.iter().all(|it| object.spec().list(it).is_empty()) {
        let finding = findings.at(object.span(), "it has no routes: neither `http` nor `tls` nor `tcp`");
        findings.push(finding.help("give it a route, or take it away"));
    }
}
