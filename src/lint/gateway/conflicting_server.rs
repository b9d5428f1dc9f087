//! No two Gateways of the same pods open the same host at the same port.
//!
//! Source: `ConflictingGatewayAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway::overlaps::Overlaps;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3240",
    name: "conflicting-server",
    severity: Severity::Error,
    equivalents: &["IST0145"],
    why: "Which of the two servers answers depends on the age of the Gateways; of the other, certificate and routes are not used.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [side.example.com] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let overlaps = Overlaps::of(cluster);
    let taken = taken(cluster, &overlaps);
    for gateway in cluster.of(Sort::Gateway) {
        let own = overlaps.selector(gateway);
        for server in gateway.spec().list("servers") {
            let rival = server.list("hosts").iter().find_map(|host| {
                let by_selector = taken.get(&(port(server), host.text()?.as_str(), bind(server)))?;
                let near = overlaps.near(own).iter().filter_map(|it| by_selector.get(it));
                let mut all = near.chain(by_selector.get(&own)).flatten();
                all.find(|it| **it != gateway.id).map(|it| (host, cluster.object(*it)))
            });
            if let Some((host, rival)) = rival {
                let message = format!(
                    "the Gateway `{}` opens {} at port {}, too",
                    rival.name,
                    host.describe(),
                    port(server)
                );
                let finding = findings.on(gateway, host.span, message).related(rival.span(), "the other");
                findings.push(finding.help("make one server of them, or take the host out of one"));
            }
        }
    }
}

/// Gateways by port, host and address, then by their selector.
type Taken<'m> = BTreeMap<(i64, &'m str, &'m str), BTreeMap<usize, Vec<usize>>>;

fn taken<'m>(cluster: &'m Cluster, overlaps: &Overlaps) -> Taken<'m> {
    let mut taken = Taken::new();
    for gateway in cluster.of(Sort::Gateway) {
        // Of several servers at one port, the last stands for all of them.
        let last: BTreeMap<i64, &Node> =
            gateway.spec().list("servers").iter().map(|it| (port(it), it)).collect();
        for (number, server) in last {
            for host in server.list("hosts").iter().filter_map(|it| it.text()) {
                let place = taken.entry((number, host.as_str(), bind(server))).or_default();
                let gateways = place.entry(overlaps.selector(gateway)).or_default();
                // Two are enough for each to find another.
                if gateways.len() < 2 && !gateways.contains(&gateway.id) {
                    gateways.push(gateway.id);
                }
            }
        }
    }
    taken
}

fn port(server: &Node) -> i64 {
    server.get("port").and_then(|it| it.whole("number")).unwrap_or(0)
}

fn bind(server: &Node) -> &str {
    server.word("bind").map_or("", |it| it.as_str())
}
