//! The egress listener without a port is the last one.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3310",
    name: "misplaced-catch-all",
    severity: Severity::Error,
    equivalents: &["VAL-SC-03", "IST0106"],
    why: "Istio refuses the Sidecar otherwise: that listener is for whatever no other one takes.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: [./*] }, { port: { number: 9080, protocol: HTTP, name: a }, hosts: [./*] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ port: { number: 9080, protocol: HTTP, name: a }, hosts: [./*] }, { hosts: [./*] }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some((_, before)) = object.spec().list("egress").split_last() else { return };
    for listener in before.iter().filter(|it| !it.is_null() && !it.has("port")) {
        let finding = findings.at(listener.span, "a listener without a port is not the last one");
        findings.push(finding.help("move it to the end, and make one of several"));
    }
}
