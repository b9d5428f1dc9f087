//! With `DNS_ROUND_ROBIN` there is one endpoint at most.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3340",
    name: "second-round-robin-endpoint",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses more: Envoy takes one address at a time of one name.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS_ROUND_ROBIN, endpoints: [{ address: a.example.com }, { address: b.example.com }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS, endpoints: [{ address: a.example.com }, { address: b.example.com }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let Some(second) = spec.list("endpoints").get(1) else { return };
    if spec.word("resolution").is_some_and(|it| it == "DNS_ROUND_ROBIN") {
        let finding = findings.at(second.span, "`DNS_ROUND_ROBIN` takes one endpoint at most");
        findings
            .push(finding.related(spec.spot("resolution"), "the resolution").help("write `resolution: DNS`"));
    }
}
