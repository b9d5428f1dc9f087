//! A wildcard of a ServiceEntry stands for whole labels.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3332",
    name: "partial-wildcard",
    severity: Severity::Warning,
    equivalents: &["VAL-PARTIAL", "IST0133"],
    why: "Istio warns of `*-a.com` and `*a.com`: names that they stand for are not matched everywhere.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [\"*-payments.example.com\"], ports: [{ number: 443, name: tls, protocol: TLS }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [\"*.example.com\"], ports: [{ number: 443, name: tls, protocol: TLS }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if object.spec().word("resolution").is_some_and(|it| it == "DYNAMIC_DNS") {
        return;
    }
    for host in object.spec().list("hosts") {
        let Some(text) = host.text() else { continue };
        if let Err(reason) = host::partial_wildcard(text) {
            let finding = findings.at(host.span, format!("`{text}` is a partial wildcard: {reason}"));
            findings.push(finding.help("write `*.` and the rest of the name"));
        }
    }
}
