//! A server listens at an address or at a socket of Unix, the latter without a port.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address::ip;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3214",
    name: "unusable-bind",
    severity: Severity::Error,
    equivalents: &["VAL-GW-06", "IST0106"],
    why: "Istio refuses any other `bind`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, bind: localhost, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, bind: 127.0.0.1, hosts: [shop.example.com] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[]")], run),
};

fn run(server: &Node, findings: &mut Findings<'_>) {
    let Some(bind) = server.said("bind") else { return };
    let span = server.spot("bind");
    let Some(path) = bind.strip_prefix(socket::UNIX) else {
        if ip(bind).is_err() {
            let finding = findings.at(span, format!("`{bind}` is no address"));
            findings.push(finding.help("write an IP address, or `unix://` and the path of a socket"));
        }
        return;
    };
    if let Err(reason) = socket::unix_path(path) {
        let finding = findings.at(span, format!("`{bind}` is no socket: {reason}"));
        findings.push(finding.help("write `unix://` and an absolute path"));
    }
    if server.get("port").and_then(|it| it.whole("number")).is_some_and(|it| it != 0) {
        let finding = findings.at(span, "a socket of Unix has no port");
        findings.push(finding.help("write the number 0, or bind to an address"));
    }
}
