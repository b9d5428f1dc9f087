//! A host of an egress listener is a namespace, `/` and a full name.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::scoped_host::sidecar_host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3312",
    name: "unusable-egress-host",
    severity: Severity::Error,
    equivalents: &["VAL-SC-03", "VAL-PARTIAL", "IST0106"],
    why: "Istio refuses hosts without a namespace, short names, and wildcards for a part of a label.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [reviews.shop.svc.cluster.local] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [shop/reviews.shop.svc.cluster.local] }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.egress[].hosts[]")], run),
};

fn run(host: &Node, findings: &mut Findings<'_>) {
    let Some(text) = host.text() else { return };
    if let Err(reason) = sidecar_host(text) {
        let finding = findings.at(host.span, format!("`{text}` is no host of an egress: {reason}"));
        findings
            .push(finding.help("write `./HOST`, `*/HOST` or `NAMESPACE/HOST`, the host with all its dots"));
    }
}
