//! A match of a route names Gateways that are there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway::known::Known;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3232",
    name: "unknown-matched-gateway",
    severity: Severity::Warning,
    equivalents: &["KIA1102"],
    why: "The match fits no request: there is no Gateway of this name to bring one.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [edge], http: [{ match: [{ gateways: [egde] }], route: [{ destination: { host: web } }] }] } #~
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [edge], http: [{ match: [{ gateways: [edge] }], route: [{ destination: { host: web } }] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let known = Known::of(cluster);
    for virtual_service in cluster.of(Sort::VirtualService) {
        virtual_service.node.each_at("spec.http[].match[].gateways[]", &mut |gateway| {
            if let Some(finding) = known.missing(cluster, virtual_service, gateway, findings) {
                findings.push(finding);
            }
        });
    }
}
