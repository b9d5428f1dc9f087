//! A Service of the gateway lets callers in to each port of a Gateway.
//!
//! Source: `IngressGatewayPortAnalyzer` of istioctl; a Service that names no protocol has TCP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::{STOCK_NAMESPACE, STOCK_PORTS, is_stock_label, selector_text};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::Entry;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "MG3236",
    name: "port-of-no-service",
    severity: Severity::Warning,
    equivalents: &["IST0162"],
    why: "The proxy listens, but nobody outside reaches the port: no Service over its pods has it, as a port or as a target.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 8443, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut open: BTreeMap<Str, Option<BTreeSet<i64>>> = BTreeMap::new();
    for gateway in cluster.of(Sort::Gateway) {
        let selector = gateway.spec().pairs("selector");
        let ports = open.entry(selector_text(selector)).or_insert_with(|| ports(cluster, selector));
        let Some(ports) = ports else { continue };
        let mut told: BTreeSet<i64> = BTreeSet::new();
        gateway.node.each_at("spec.servers[].port", &mut |port| {
            let number = port.whole("number").unwrap_or(0);
            if !ports.contains(&number) && told.insert(number) {
                let known: Vec<String> = ports.iter().map(ToString::to_string).collect();
                let message = format!("no Service over the pods of the gateway has port {number}");
                let finding = findings.on(gateway, port.spot("number"), message);
                findings.push(finding.help(if known.is_empty() {
                    "add a Service that selects the pods".to_owned()
                } else {
                    format!("add it to a Service over the pods; there are {}", known.join(", "))
                }));
            }
        });
    }
}

/// The ports that lead to the pods of a selector; `None` if there are no pods.
fn ports(cluster: &Cluster, selector: &[Entry]) -> Option<BTreeSet<i64>> {
    let pods = cluster.gateway_pods(selector);
    if pods.is_empty() {
        return None;
    }
    // The Service of the ingress gateway that comes with Istio selects whatever carries its label.
    let is_stock = |it: &Workload<'_>| {
        it.object.namespace() == STOCK_NAMESPACE && it.labels().iter().any(is_stock_label)
    };
    let has_stock = pods.has_stock || pods.workloads.iter().any(is_stock);
    let mut services: BTreeMap<usize, &Object> = BTreeMap::new();
    for pod in pods.workloads {
        services.extend(cluster.services_over(pod).map(|it| (it.id, it)));
    }
    let mut ports = BTreeSet::new();
    if has_stock {
        ports.extend(STOCK_PORTS);
        // The pods may be written down elsewhere, and a Service over them here.
        let is_over = |it: &&Object| {
            let selector = it.spec().pairs("selector");
            it.namespace() == STOCK_NAMESPACE && !selector.is_empty() && selector.iter().all(is_stock_label)
        };
        services.extend(cluster.of(Sort::Service).filter(is_over).map(|it| (it.id, it)));
    }
    for port in services.values().flat_map(|it| it.spec().list("ports")) {
        if port.said("protocol").is_none_or(|it| it == "TCP") {
            ports.extend(port.whole("port"));
            ports.extend(port.whole("targetPort"));
        }
    }
    Some(ports)
}
