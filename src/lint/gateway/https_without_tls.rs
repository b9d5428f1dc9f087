//! A server of HTTPS or TLS says how.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3208",
    name: "https-without-tls",
    severity: Severity::Error,
    equivalents: &["VAL-GW-04", "IST0106"],
    why: "Istio refuses it without a `tls` block: the proxy would not know whether to end the connection, or with which certificate.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[]")], run),
};

fn run(server: &Node, findings: &mut Findings<'_>) {
    let Some(port) = server.get("port") else { return };
    if let Some(protocol) = port.word("protocol").filter(|it| protocol::is_tls(it) && !server.has("tls")) {
        let finding = findings.at(port.spot("protocol"), format!("a server of {protocol} without `tls`"));
        findings.push(finding.help("add `tls`, for example `tls: { mode: SIMPLE, credentialName: … }`"));
    }
}
