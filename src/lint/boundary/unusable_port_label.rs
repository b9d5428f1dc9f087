//! The name of a port is a label of DNS.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::dns_label;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

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
    run: Run::Each(&[Sort::Sidecar, Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for path in ["spec.ingress[].port.name", "spec.egress[].port.name", "spec.ports[].name"] {
        object.node.each_at(path, &mut |name| {
            // A port of a Sidecar needs no name.
            let Some(text) = name.text().filter(|it| !(it.is_empty() && object.is(Sort::Sidecar))) else {
                return;
            };
            if let Err(reason) = dns_label(text) {
                let finding = findings.at(name.span, format!("`{text}` cannot name a port: {reason}"));
                findings.push(finding.help("use letters, digits and `-`, as in `http-web`"));
            }
        });
    }
}
