//! A Gateway has a server, and a server has hosts.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3202",
    name: "serverless-gateway",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses a Gateway without servers and a server without hosts: nothing would be listened for.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Each(&[Sort::Gateway], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let servers = object.spec().list("servers");
    if servers.is_empty() {
        let finding = findings.at(object.spec().spot("servers"), "the Gateway has no servers");
        findings.push(finding.help("add `servers` with a port and hosts"));
    }
    for hosts in servers.iter().filter_map(|it| it.get("hosts")) {
        if matches!(&hosts.kind, Kind::List(items) if items.is_empty()) {
            let finding = findings.at(hosts.span, "the server has no hosts");
            findings.push(finding.help("name its hosts; `\"*\"` takes every host"));
        }
    }
}
