//! The protocol of a port is one that Istio knows, or none.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3302",
    name: "unknown-port-protocol",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "VAL-SC-03", "VAL-SE-01", "IST0106"],
    why: "Istio refuses the object. Without a protocol the proxy looks at the first bytes of a connection.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], ports: [{ number: 443, name: tls, protocol: SSL }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }
",
    run: Run::Values(PORTS, run),
};

const PORTS: &[(Sort, &str)] = &[
    (Sort::Sidecar, "spec.ingress[].port.protocol"),
    (Sort::Sidecar, "spec.egress[].port.protocol"),
    (Sort::ServiceEntry, "spec.ports[].protocol"),
];

fn run(protocol: &Node, findings: &mut Findings<'_>) {
    let Some(text) = protocol.text().filter(|it| !it.is_empty() && !protocol::is_known(it)) else { return };
    let finding = findings.at(protocol.span, format!("Istio knows no protocol `{text}`"));
    findings.push(finding.suggest(text, protocol::KNOWN));
}
