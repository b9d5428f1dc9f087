//! A host that is redirected to HTTPS is opened for it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::selector_text;
use crate::mesh::hosts::Hosts;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3244",
    name: "redirect-to-nowhere",
    severity: Severity::Warning,
    equivalents: &["MG-39"],
    why: "Callers are sent to `https://` of a host for which no server of the same pods ends TLS.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com], tls: { httpsRedirect: true } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com], tls: { httpsRedirect: true } }, { port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut open: BTreeMap<Str, Hosts<()>> = BTreeMap::new();
    for (gateway, server) in servers(cluster) {
        let protocol = server.get("port").and_then(|it| it.word("protocol")).map_or("", |it| it.as_str());
        if protocol::is_tls(protocol) {
            let hosts = open.entry(selector_text(gateway.spec().pairs("selector"))).or_default();
            server.list("hosts").iter().filter_map(|it| it.text()).for_each(|it| hosts.insert(bare(it), ()));
        }
    }
    for (gateway, server) in servers(cluster) {
        if server.get("tls").and_then(|it| it.flag("httpsRedirect")) != Some(true) {
            continue;
        }
        let hosts = open.get(&selector_text(gateway.spec().pairs("selector")));
        for host in server.list("hosts") {
            let Some(text) = host.text() else { continue };
            if hosts.is_none_or(|it| it.overlapping(bare(text)).next().is_none()) {
                let message = format!("`{text}` is redirected to HTTPS, which no server speaks for it");
                let finding = findings.on(gateway, host.span, message);
                findings
                    .push(finding.help("add a server of HTTPS for the host, or take `httpsRedirect` away"));
            }
        }
    }
}

fn servers(cluster: &Cluster) -> impl Iterator<Item = (&Object, &Node)> {
    cluster.of(Sort::Gateway).flat_map(|it| it.spec().list("servers").iter().map(move |server| (it, server)))
}

/// A host without the namespace before it.
fn bare(host: &str) -> &str {
    host.split_once('/').map_or(host, |it| it.1)
}
