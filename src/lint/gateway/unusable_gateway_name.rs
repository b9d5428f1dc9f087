//! The name of a Gateway has no dots.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::dns_label;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3201",
    name: "unusable-gateway-name",
    severity: Severity::Error,
    equivalents: &["VAL-GW-01", "IST0106"],
    why: "Istio refuses it: a VirtualService could not tell `a.b` from a Gateway `a` of namespace `b`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop.example.com, namespace: shop } #~
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Each(&[Sort::Gateway], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if let Err(reason) = dns_label(&object.name) {
        let finding =
            findings.at(object.span(), format!("`{}` cannot name a Gateway: {reason}", object.name));
        findings.push(finding.help("use letters, digits and `-`, at most 63"));
    }
}
