//! No two listeners of a Gateway have the same host, port and protocol.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::source::Span;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3813",
    name: "gateway-listener-taken-twice",
    severity: Severity::Warning,
    equivalents: &["KIA1503"],
    why: "The API server refuses the Gateway: a request would fit both.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 81, protocol: HTTP }] }
",
    run: Run::Values(&[(Sort::KubernetesGateway, "spec.listeners")], run),
};

fn run(listeners: &Node, findings: &mut Findings<'_>) {
    let mut taken: BTreeMap<(&str, i64, &str), Span> = BTreeMap::new();
    for listener in listeners.items().iter().filter(|it| !it.is_null()) {
        let word = |key: &str| listener.word(key).map_or("", |it| it.as_str());
        let key = (word("hostname"), listener.whole("port").unwrap_or(0), word("protocol"));
        let first = *taken.entry(key).or_insert(listener.span);
        if first != listener.span {
            let finding = findings.at(listener.span, "a second listener has this host, port and protocol");
            findings.push(finding.related(first, "the first").help("give them different hosts or ports"));
        }
    }
}
