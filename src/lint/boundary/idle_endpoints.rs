//! A ServiceEntry whose callers say the address has no endpoints.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3334",
    name: "idle-endpoints",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses endpoints with `resolution: NONE`, which is also the default: the connection goes where the caller wanted it to go.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], endpoints: [{ address: 10.1.2.3 }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 3306, name: db, protocol: TCP }], resolution: STATIC, endpoints: [{ address: 10.1.2.3 }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    if spec.said("resolution").is_none_or(|it| it == "NONE") && !spec.list("endpoints").is_empty() {
        let finding = findings.at(spec.spot("endpoints"), "endpoints are never used with `resolution: NONE`");
        findings.push(finding.help("write `resolution: STATIC` for addresses, `DNS` for names"));
    }
}
