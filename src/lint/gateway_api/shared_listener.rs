//! A host and a port are opened by one Gateway.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3811",
    name: "shared-listener",
    severity: Severity::Info,
    equivalents: &["KIA1501"],
    why: "Each Gateway has its own address: callers reach the one that DNS names, and routes of the other are not used by them.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] } #~
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: side.example.com }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut taken = Taken::new();
    for gateway in cluster.of(Sort::KubernetesGateway) {
        for listener in gateway.spec().list("listeners").iter().filter(|it| !it.is_null()) {
            taken.entry(key(listener)).or_default().push((gateway, listener));
        }
    }
    for group in taken.values() {
        for (gateway, listener) in group {
            let Some((other, place)) = group.iter().find(|it| it.0.name != gateway.name) else { continue };
            let message = format!("the Gateway `{}` has the same listener", other.name);
            let finding = findings.on(gateway, listener.span, message).related(place.span, "the other");
            findings.push(finding.help("make one Gateway of them, or open other hosts"));
        }
    }
}

/// Listeners by host, port and protocol.
type Taken<'m> = BTreeMap<(&'m str, i64, &'m str), Vec<(&'m Object, &'m Node)>>;

fn key(listener: &Node) -> (&str, i64, &str) {
    let word = |key: &str| listener.word(key).map_or("", |it| it.as_str());
    (word("hostname"), listener.whole("port").unwrap_or(0), word("protocol"))
}
