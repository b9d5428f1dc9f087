//! A host of a server is a full name, perhaps with the namespace of its routes before it.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::scoped_host::gateway_host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3207",
    name: "unusable-server-host",
    severity: Severity::Error,
    equivalents: &["VAL-GW-03", "VAL-PARTIAL", "IST0106"],
    why: "Istio refuses short names, wildcards for a part of a label, and namespaces that are none.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[].hosts[]")], run),
};

fn run(host: &Node, findings: &mut Findings<'_>) {
    let Some(text) = host.text() else { return };
    if let Err(reason) = gateway_host(text) {
        let finding = findings.at(host.span, format!("`{text}` is no host of a server: {reason}"));
        findings.push(
            finding.help("write a full name, `*.example.com` or `*`, perhaps with `NAMESPACE/` before it"),
        );
    }
}
