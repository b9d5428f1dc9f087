//! A host of a ServiceEntry is a name that DNS could have, with a wildcard in front at most.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::wildcard_host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3331",
    name: "unusable-entry-host",
    severity: Severity::Error,
    equivalents: &["VAL-SE-01", "IST0106"],
    why: "Istio refuses any other host.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [https://payments.example.com], ports: [{ number: 443, name: tls, protocol: TLS }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [payments.example.com], ports: [{ number: 443, name: tls, protocol: TLS }] }
",
    run: Run::Values(&[(Sort::ServiceEntry, "spec.hosts[]")], run),
};

fn run(host: &Node, findings: &mut Findings<'_>) {
    // `*` alone is what the kind's own shape refuses.
    let Some(text) = host.text().filter(|it| *it != "*") else { return };
    if let Err(reason) = wildcard_host(text) {
        let finding = findings.at(host.span, format!("`{text}` is no host name: {reason}"));
        findings.push(finding.help("write the name alone, as in `payments.example.com`"));
    }
}
