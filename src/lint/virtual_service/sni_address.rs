//! Clients of TLS ask for names, not for addresses.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::{address, host};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3050",
    name: "address-as-sni",
    severity: Severity::Warning,
    equivalents: &["VAL-VS-24W", "IST0133"],
    why: "The extension of TLS that a route looks at has no place for addresses, so most clients never match; Istio warns.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [10.0.0.1]
  tls:
  - match: [{ sniHosts: [10.0.0.1] }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [a.example.com]
  tls:
  - match: [{ sniHosts: [a.example.com] }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Values(&[(Sort::VirtualService, "spec.tls[].match[].sniHosts[]")], run),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if host::wildcard_host(text).is_err() && address::ip(text).is_ok() {
        let finding =
            findings.at(value.span, format!("`{text}` is an address, and clients of TLS ask for names"));
        findings.push(finding.help("match by name, or route by `tcp` with `destinationSubnets`"));
    }
}
