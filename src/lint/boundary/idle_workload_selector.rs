//! A ServiceEntry whose callers say the address selects no workloads.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3335",
    name: "idle-workload-selector",
    severity: Severity::Warning,
    equivalents: &["VAL-SE-02", "IST0133"],
    why: "With `resolution: NONE`, which is also the default, the selected workloads get no request by this entry.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TLS }], workloadSelector: { labels: { app: db } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TLS }], resolution: STATIC, workloadSelector: { labels: { app: db } } }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    if spec.said("resolution").is_none_or(|it| it == "NONE") && spec.has("workloadSelector") {
        let span = spec.spot("workloadSelector");
        let finding = findings.at(span, "the selector is never used with `resolution: NONE`");
        findings.push(finding.help("write `resolution: STATIC`"));
    }
}
