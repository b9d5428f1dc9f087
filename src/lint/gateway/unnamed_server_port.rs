//! The port of a server has a name.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3204",
    name: "unnamed-server-port",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses an empty name: routes of Envoy are named after it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: \"\", protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[].port.name")], run),
};

fn run(name: &Node, findings: &mut Findings<'_>) {
    if name.text().is_some_and(Str::is_empty) {
        findings.push(findings.at(name.span, "the port has no name").help("name it, for example `http`"));
    }
}
