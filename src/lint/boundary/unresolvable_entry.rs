//! A host that DNS is to resolve is a full name without a wildcard.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host::fqdn;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3339",
    name: "unresolvable-entry",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses `resolution: DNS` without endpoints for any other host: there is nothing to ask DNS for.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [\"*.example.com\"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [\"*.example.com\"], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS, endpoints: [{ address: example.com }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let asks = spec.word("resolution").is_some_and(|it| *it == "DNS" || *it == "DNS_ROUND_ROBIN");
    if !asks || !spec.list("endpoints").is_empty() {
        return;
    }
    for host in spec.list("hosts") {
        let Some(Err(reason)) = host.text().map(|it| fqdn(it)) else { continue };
        let message = format!("DNS cannot be asked for {}: {reason}", host.describe());
        let finding = findings.at(host.span, message);
        findings.push(finding.help("add `endpoints` with a name to resolve, or write `resolution: NONE`"));
    }
}
