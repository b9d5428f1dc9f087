//! A Sidecar that lets only known hosts out says so.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3317",
    name: "registry-only",
    severity: Severity::Warning,
    equivalents: &["KIA1007", "MG-06"],
    why: "In a Sidecar, `outboundTrafficPolicy` without `mode` means REGISTRY_ONLY: calls to hosts that nobody declared are refused, whatever the mesh allows.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: {} } #~
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
    match policy.said("mode") {
        None => {
            let finding = findings.at(policy.span, "without `mode` only known hosts are let out");
            findings
                .push(finding.help("write `mode: REGISTRY_ONLY` if that is meant, `mode: ALLOW_ANY` if not"));
        }
        Some(mode) if mode == "REGISTRY_ONLY" => {
            let mut finding = findings.at(policy.spot("mode"), "only known hosts are let out");
            finding.severity = Severity::Info;
            findings.push(finding.help("declare every host that is called with a Service or a ServiceEntry"));
        }
        Some(_) => {}
    }
}
