//! A socket of Unix stands for one port.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3338",
    name: "socket-of-several-ports",
    severity: Severity::Error,
    equivalents: &["VAL-SE-02", "IST0106"],
    why: "Istio refuses a ServiceEntry with a socket among its endpoints and more or less than one port: nothing would tell the ports apart.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 80, name: a, protocol: HTTP }, { number: 81, name: b, protocol: HTTP }], resolution: STATIC, endpoints: [{ address: \"unix:///var/db\" }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec: { hosts: [db.example.com], ports: [{ number: 80, name: a, protocol: HTTP }], resolution: STATIC, endpoints: [{ address: \"unix:///var/db\" }] }
",
    run: Run::Each(&[Sort::ServiceEntry], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let spec = object.spec();
    let names: BTreeSet<&str> =
        spec.list("ports").iter().map(|it| it.word("name").map_or("", |it| it.as_str())).collect();
    if spec.word("resolution").is_none_or(|it| it != "STATIC") || names.len() == 1 {
        return;
    }
    for endpoint in spec.list("endpoints") {
        if endpoint.word("address").is_some_and(|it| it.starts_with(socket::UNIX)) {
            let message = format!("a socket cannot stand for {} ports", names.len());
            let finding = findings.at(endpoint.spot("address"), message);
            findings.push(finding.help("give the ServiceEntry exactly one port"));
        }
    }
}
