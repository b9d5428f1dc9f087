//! Port 443 of a Gateway speaks TLS.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3243",
    name: "plain-https-port",
    severity: Severity::Warning,
    equivalents: &["MG-39"],
    why: "Callers of `https://` begin with TLS, which a server of plain HTTP does not understand.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[].port")], run),
};

fn run(port: &Node, findings: &mut Findings<'_>) {
    let Some(protocol) = port.word("protocol").filter(|it| protocol::is_http(it)) else { return };
    if port.whole("number") == Some(443) {
        let finding = findings.at(port.spot("protocol"), format!("port 443 speaks {protocol} without TLS"));
        findings.push(finding.help("make the protocol HTTPS and add `tls`"));
    }
}
