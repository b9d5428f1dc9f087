//! The port of a server speaks a protocol that Istio knows.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3203",
    name: "unknown-server-protocol",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses the Gateway.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP/1.1 }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[].port.protocol")], run),
};

fn run(protocol: &Node, findings: &mut Findings<'_>) {
    let Some(text) = protocol.text().filter(|it| !protocol::is_known(it)) else { return };
    let finding = findings.at(protocol.span, format!("Istio knows no protocol `{text}`"));
    findings.push(finding.suggest(text, protocol::KNOWN));
}
