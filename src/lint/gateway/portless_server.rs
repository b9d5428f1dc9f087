//! A server listens at a port, unless it listens at a socket of Unix.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::{self, socket};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3220",
    name: "portless-server",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses any other number, and 0 without a socket.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 0, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[]")], run),
};

fn run(server: &Node, findings: &mut Findings<'_>) {
    let is_socket = server.word("bind").is_some_and(|it| it.starts_with(socket::UNIX));
    let Some(port) = server.get("port") else { return };
    let Some(number) = port.whole("number").filter(|it| !(*it == 0 && is_socket)) else { return };
    if let Err(reason) = words::port(number) {
        let finding =
            findings.at(port.spot("number"), format!("a server cannot listen at port {number}: {reason}"));
        findings.push(finding.help("write the port that callers use, for example 80"));
    }
}
