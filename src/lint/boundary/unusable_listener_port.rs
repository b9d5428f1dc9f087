//! A listener of a Sidecar has a port, or is a socket of Unix in the egress.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3304",
    name: "unusable-listener-port",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "VAL-SC-03", "VAL-PORT", "IST0106"],
    why: "Istio refuses ports that are none, and port 0 without a socket.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 0, protocol: HTTP } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 8080, protocol: HTTP } }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for (key, takes_sockets) in [("ingress", false), ("egress", true)] {
        for listener in object.spec().list(key) {
            let Some(port) = listener.get("port").filter(|it| matches!(it.kind, Kind::Map(_))) else {
                continue;
            };
            let number = match port.get("number").filter(|it| !it.is_null()) {
                None => Some(0),
                Some(it) => it.as_whole(),
            };
            let is_socket = listener.word("bind").is_some_and(|it| it.starts_with(socket::UNIX));
            let Some(number) = number.filter(|it| !(*it == 0 && takes_sockets && is_socket)) else {
                continue;
            };
            if let Err(reason) = words::port(number) {
                let finding = findings.at(port.spot("number"), format!("{number} is no port: {reason}"));
                let help = if takes_sockets && number == 0 {
                    "write a port, or bind the listener to `unix://` and a path"
                } else {
                    "write the port that the listener takes"
                };
                findings.push(finding.help(help));
            }
        }
    }
}
