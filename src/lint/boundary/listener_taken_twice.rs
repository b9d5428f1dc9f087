//! No two listeners of a Sidecar, on one side of it, have the same port or socket.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub static RULE: Rule = Rule {
    code: "MG3307",
    name: "listener-taken-twice",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "VAL-SC-03", "IST0106"],
    why: "Istio refuses the Sidecar: only one of them could listen.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 80, protocol: HTTP, name: a } }, { port: { number: 80, protocol: TCP, name: b } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 80, protocol: HTTP, name: a } }, { port: { number: 81, protocol: TCP, name: b } }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for key in ["ingress", "egress"] {
        let mut taken: BTreeMap<(i64, &str), Span> = BTreeMap::new();
        for listener in object.spec().list(key) {
            let Some(port) = listener.get("port").filter(|it| !it.is_null()) else { continue };
            let number = port.whole("number").unwrap_or(0);
            // Without a port it is the socket that tells them apart.
            let bind = if number == 0 && key == "egress" { listener.word("bind") } else { None };
            let bind = bind.map_or("", |it| it.as_str());
            let span = if bind.is_empty() { port.spot("number") } else { listener.spot("bind") };
            match taken.entry((number, bind)) {
                Entry::Vacant(free) => {
                    free.insert(span);
                }
                Entry::Occupied(first) => {
                    let what = if bind.is_empty() { format!("port {number}") } else { format!("`{bind}`") };
                    let finding = findings.at(span, format!("a second listener has {what}"));
                    let finding = finding.related(*first.get(), "the first");
                    findings.push(finding.help("make one listener of them, or give one another port"));
                }
            }
        }
    }
}
