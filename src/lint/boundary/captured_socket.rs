//! Calls to a socket are not captured.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3306",
    name: "captured-socket",
    severity: Severity::Error,
    equivalents: &["VAL-SC-03", "IST0106"],
    why: "Istio refuses `captureMode: IPTABLES` for a socket of Unix: iptables redirect packets, and a socket has none.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ port: { number: 0, protocol: HTTP }, bind: \"unix:///tmp/a.sock\", captureMode: IPTABLES, hosts: [./*] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ port: { number: 0, protocol: HTTP }, bind: \"unix:///tmp/a.sock\", captureMode: NONE, hosts: [./*] }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.egress[]")], run),
};

fn run(listener: &Node, findings: &mut Findings<'_>) {
    let Some(port) = listener.get("port").filter(|it| !it.is_null()) else { return };
    let is_captured = listener.word("captureMode").is_some_and(|it| it == "IPTABLES");
    if is_captured && port.whole("number").is_none_or(|it| it == 0) {
        let finding = findings.at(listener.spot("captureMode"), "a socket cannot be captured by iptables");
        findings.push(finding.help("write `NONE`, or take `captureMode` away"));
    }
}
