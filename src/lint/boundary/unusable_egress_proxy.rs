//! A proxy for unknown hosts is a host and a port, and only where unknown hosts are let out.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words;
use crate::lint::words::host::{dns_label, fqdn};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3315",
    name: "unusable-egress-proxy",
    severity: Severity::Error,
    equivalents: &["VAL-SC-05", "IST0106"],
    why: "Istio refuses `egressProxy` beside any mode but ALLOW_ANY, and without a full host name or a port.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: { mode: REGISTRY_ONLY, egressProxy: { host: proxy.shop.svc.cluster.local, port: { number: 80 } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: proxy.shop.svc.cluster.local, port: { number: 80 } } } }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.outboundTrafficPolicy")], run),
};

fn run(policy: &Node, findings: &mut Findings<'_>) {
    let Some(entry) = policy.entry("egressProxy") else { return };
    if policy.word("mode").is_none_or(|it| it != "ALLOW_ANY") {
        let finding = findings.at(entry.key.span, "`egressProxy` without `mode: ALLOW_ANY`");
        findings.push(finding.help("write `mode: ALLOW_ANY`, or take the proxy away"));
        return;
    }
    let proxy = &entry.value;
    if let Some(host) = proxy.word("host")
        && let Err(reason) = fqdn(host)
    {
        let finding = findings.at(proxy.spot("host"), format!("`{host}` is no host name: {reason}"));
        findings.push(finding.help("write the full name of a service"));
    }
    let Some(port) = proxy.get("port").filter(|it| !it.is_null()) else {
        let finding = findings.at(proxy.span, "the proxy has no port");
        findings.push(finding.help("add `port: { number: … }`"));
        return;
    };
    if let Err(reason) = words::port(port.whole("number").unwrap_or(0)) {
        let finding = findings.at(port.spot("number"), format!("the proxy has no port: {reason}"));
        findings.push(finding.help("write the port of the proxy"));
    }
    if let Some(subset) = proxy.said("subset")
        && let Err(reason) = dns_label(subset)
    {
        let finding = findings.at(proxy.spot("subset"), format!("`{subset}` cannot name a subset: {reason}"));
        findings.push(finding.help("write the name of a subset"));
    }
}
