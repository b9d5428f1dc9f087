//! Of a Gateway, no two ports have the same name.
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
    code: "MG3205",
    name: "server-port-name-taken-twice",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "IST0106"],
    why: "Istio refuses the Gateway: the routes of its ports are told apart by their names.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }, { port: { number: 8080, name: http, protocol: HTTP }, hosts: [shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }, { port: { number: 8080, name: http-alt, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::Each(&[Sort::Gateway], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
    for port in object.spec().list("servers").iter().filter_map(|it| it.get("port")) {
        let name = port.word("name").map_or("", |it| it.as_str());
        match taken.entry(name) {
            Entry::Vacant(free) => {
                free.insert(port.spot("name"));
            }
            Entry::Occupied(first) if !port.is_null() => {
                let finding = findings.at(port.spot("name"), format!("a second port is named `{name}`"));
                let finding = finding.related(*first.get(), "the first");
                findings.push(finding.help("give one of them another name"));
            }
            Entry::Occupied(_) => {}
        }
    }
}
