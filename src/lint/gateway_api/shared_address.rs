//! An address is wanted by one Gateway.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3812",
    name: "shared-address",
    severity: Severity::Warning,
    equivalents: &["KIA1502"],
    why: "Two Gateways cannot have the same address: one of them will get none.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }], addresses: [{ type: IPAddress, value: 10.0.0.1 }] } #~
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 8080, protocol: HTTP }], addresses: [{ type: IPAddress, value: 10.0.0.1 }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }], addresses: [{ type: IPAddress, value: 10.0.0.1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 8080, protocol: HTTP }], addresses: [{ type: IPAddress, value: 10.0.0.2 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut taken: BTreeMap<(&str, &str), Vec<(&Object, &Node)>> = BTreeMap::new();
    for gateway in cluster.of(Sort::KubernetesGateway) {
        for address in gateway.spec().list("addresses") {
            let kind = address.word("type").map_or("IPAddress", |it| it.as_str());
            if let Some(value) = address.said("value") {
                taken.entry((kind, value.as_str())).or_default().push((gateway, address));
            }
        }
    }
    for ((_, value), group) in &taken {
        for (gateway, address) in group {
            let Some((other, place)) = group.iter().find(|it| it.0.name != gateway.name) else { continue };
            let message = format!("the Gateway `{}` wants the address `{value}`, too", other.name);
            let finding = findings.on(gateway, address.spot("value"), message);
            findings.push(finding.related(place.spot("value"), "the other").help("make one Gateway of them"));
        }
    }
}
