//! The port of a Gateway or of a Sidecar has no target.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3206",
    name: "idle-target-port",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "VAL-SC-02", "VAL-SC-03", "IST0106"],
    why: "Istio refuses `targetPort` there: the proxy listens at `number`, and a Service or a route says what comes behind it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP, targetPort: 8080 }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Values(PORTS, run),
};

const PORTS: &[(Sort, &str)] = &[
    (Sort::Gateway, "spec.servers[].port"),
    (Sort::Sidecar, "spec.ingress[].port"),
    (Sort::Sidecar, "spec.egress[].port"),
];

fn run(port: &Node, findings: &mut Findings<'_>) {
    if let Some(entry) = port.entry("targetPort").filter(|it| it.value.as_whole().is_some_and(|it| it > 0)) {
        let finding = findings.at(entry.key.span, "`targetPort` does nothing here");
        findings.push(finding.help("take it away"));
    }
}
