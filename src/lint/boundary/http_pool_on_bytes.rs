//! Limits of HTTP are for ports of HTTP.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3314",
    name: "http-pool-on-bytes",
    severity: Severity::Warning,
    equivalents: &["VAL-SC-04", "IST0133"],
    why: "On any other port only the limits of TCP do something.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 3306, protocol: TCP, name: db }, connectionPool: { http: { http1MaxPendingRequests: 10 } } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 3306, protocol: TCP, name: db }, connectionPool: { tcp: { maxConnections: 10 } } }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.ingress[]")], run),
};

fn run(listener: &Node, findings: &mut Findings<'_>) {
    let Some(port) = listener.get("port").filter(|it| !it.is_null()) else { return };
    let protocol = port.word("protocol").map_or("", |it| it.as_str());
    let Some(pool) = listener.get("connectionPool").filter(|it| it.has("http")) else { return };
    if !protocol::is_http(protocol) {
        let finding = findings.at(pool.spot("http"), "the port does not speak HTTP");
        let finding = finding.related(port.spot("protocol"), "the protocol");
        findings.push(finding.help("use the limits under `tcp`, or make the protocol HTTP"));
    }
}
