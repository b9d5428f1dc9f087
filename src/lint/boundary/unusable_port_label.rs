//! The name of a port is a label of DNS.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::dns_label;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3303",
    name: "unusable-port-label",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "VAL-SC-03", "VAL-SE-01", "IST0106"],
    why: "Istio refuses other names.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], ports: [{ number: 443, name: tls_out, protocol: TLS }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], ports: [{ number: 443, name: tls-out, protocol: TLS }], resolution: DNS }
",
    run: Run::Values(PORTS, run),
};

const PORTS: &[(Sort, &str)] = &[
    (Sort::Sidecar, "spec.ingress[].port"),
    (Sort::Sidecar, "spec.egress[].port"),
    (Sort::ServiceEntry, "spec.ports[]"),
];

fn run(port: &Node, findings: &mut Findings<'_>) {
    let Some(name) = port.word("name") else { return };
    // A port of a Sidecar needs no name; that of a ServiceEntry is missed by the shape only where there is no key.
    if name.is_empty() && !port.has("number") {
        return;
    }
    if let Err(reason) = dns_label(name) {
        let finding = findings.at(port.spot("name"), format!("`{name}` cannot name a port: {reason}"));
        findings.push(finding.help("use letters, digits and `-`, as in `http-web`"));
    }
}
