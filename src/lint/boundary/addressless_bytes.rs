//! A host of plain bytes has an address, given here or by istiod.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::boundary::allocation::may_allocate;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3344",
    name: "addressless-bytes",
    severity: Severity::Warning,
    equivalents: &["VAL-SE-05", "IST0133"],
    why: "Where istiod may not give the entry an address, with `resolution: NONE` or by its label, connections to the port match any address: they take traffic that is not theirs.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], addresses: [10.1.2.3], ports: [{ number: 3306, name: db, protocol: TCP }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    if !spec.list("addresses").is_empty() || may_allocate(object) {
        return;
    }
    for port in spec.list("ports").iter().filter(|it| !it.is_null()) {
        if port.said("protocol").is_none_or(|it| it == "TCP") {
            let finding = findings.at(port.spot("protocol"), "a port of TCP, and the entry has no addresses");
            findings.push(finding.help("add `addresses`, or write the protocol of the port, as HTTP or TLS"));
        }
    }
}
