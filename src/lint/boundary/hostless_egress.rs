//! An egress listener has hosts.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::{Kind, Node};

pub static RULE: Rule = Rule {
    code: "MG3311",
    name: "hostless-egress",
    severity: Severity::Error,
    equivalents: &["VAL-SC-03", "IST0106"],
    why: "Istio refuses an empty list. `~/*` is how to say that a workload calls nobody.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [~/*] }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.egress[].hosts")], run),
};

fn run(hosts: &Node, findings: &mut Findings<'_>) {
    if matches!(&hosts.kind, Kind::List(items) if items.is_empty()) {
        let finding = findings.at(hosts.span, "the listener has no hosts");
        findings.push(finding.help("name hosts as `NAMESPACE/HOST`, or write `~/*` for none"));
    }
}
