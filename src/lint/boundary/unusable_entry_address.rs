//! An address of a ServiceEntry is one of IP, or a network.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address::cidr;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3333",
    name: "unusable-entry-address",
    severity: Severity::Error,
    equivalents: &["VAL-SE-01", "IST0106"],
    why: "Istio refuses any other address.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], addresses: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], addresses: [10.1.2.0/24], ports: [{ number: 3306, name: db, protocol: TCP }] }
",
    run: Run::Values(&[(Sort::ServiceEntry, "spec.addresses[]")], run),
};

fn run(address: &Node, findings: &mut Findings<'_>) {
    let Some(text) = address.text() else { return };
    if let Err(reason) = cidr(text) {
        let finding = findings.at(address.span, format!("`{text}` is no address: {reason}"));
        findings
            .push(finding.help("write an IP address or a network as `10.0.0.0/8`; names stand in `hosts`"));
    }
}
