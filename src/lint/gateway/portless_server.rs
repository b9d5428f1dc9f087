//! A server listens at a port, unless it listens at a socket of Unix.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3220",
    name: "portless-server",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses the number 0 anywhere else.",
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
    let Some(port) = server.get("port").filter(|it| it.whole("number") == Some(0) && !is_socket) else {
        return;
    };
    let finding = findings.at(port.spot("number"), "the server listens at port 0");
    findings.push(finding.help("write the port that callers use, for example 80"));
}
