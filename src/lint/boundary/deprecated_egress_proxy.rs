//! A proxy for unknown hosts is a thing of the past.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3316",
    name: "deprecated-egress-proxy",
    severity: Severity::Warning,
    equivalents: &["IST0002"],
    why: "Istio warns that `egressProxy` is deprecated: a later release will ignore it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: proxy.shop.svc.cluster.local, port: { number: 80 } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: { mode: ALLOW_ANY } }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.outboundTrafficPolicy")], run),
};

fn run(policy: &Node, findings: &mut Findings<'_>) {
    if let Some(entry) = policy.entry("egressProxy") {
        let finding = findings.at(entry.key.span, "`egressProxy` is deprecated");
        findings.push(
            finding.help("declare the hosts with ServiceEntries, and route them through an egress gateway"),
        );
    }
}
