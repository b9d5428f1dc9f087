//! Two Gateways of the same pods do not share a certificate.
//!
//! Source: `CertificateAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Span;
use crate::yaml::{Entry, Node};
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "MG3239",
    name: "credential-taken-twice",
    severity: Severity::Warning,
    equivalents: &["IST0138"],
    why: "Browsers use one connection of HTTP/2 again for every host of its certificate: a request for the host of one Gateway arrives at the other and is answered with 404.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] } #~
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [side.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [side.example.com], tls: { mode: SIMPLE, credentialName: side-cert } }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut users: BTreeMap<Credential<'_>, Vec<(&Object, &Node)>> = BTreeMap::new();
    for gateway in cluster.of(Sort::Gateway) {
        gateway.node.each_at("spec.servers[].tls", &mut |tls| {
            if let Some(credential) = credential(tls) {
                users.entry(credential).or_default().push((gateway, tls));
            }
        });
    }
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    for group in users.values().filter(|it| it.len() > 1) {
        let by_label = by_label(group);
        for (gateway, tls) in group {
            let others = candidates(gateway, group, &by_label);
            let others = others.filter(|it| it.0.id != gateway.id && is_part(gateway, it.0));
            for (other, place) in others.take(MOST) {
                if told.insert((gateway.id, other.id)) {
                    let message = format!("the Gateway `{}` has the same certificate", other.name);
                    let finding = findings.on(gateway, span_of(tls), message);
                    let finding = finding.related(span_of(place), "the other");
                    let help = "make one Gateway of them, or give each a certificate of its own hosts";
                    findings.push(finding.help(help));
                }
            }
        }
    }
}

/// Those of a group by the labels that their selectors ask for.
type ByLabel<'m> = BTreeMap<(&'m str, &'m str), Vec<usize>>;

fn by_label<'m>(group: &[(&'m Object, &'m Node)]) -> ByLabel<'m> {
    let mut this = ByLabel::new();
    for (index, (gateway, _)) in group.iter().enumerate() {
        for label in gateway.spec().pairs("selector") {
            this.entry(pair(label)).or_default().push(index);
        }
    }
    this
}

/// Those whose selectors may have all of a Gateway's: of its labels, the one that the fewest ask for tells.
fn candidates<'g, 'm>(
    gateway: &'g Object,
    group: &'g [(&'m Object, &'m Node)],
    by_label: &'g ByLabel<'m>,
) -> Box<dyn Iterator<Item = &'g (&'m Object, &'m Node)> + 'g> {
    let labels = gateway.spec().pairs("selector").iter();
    match labels.filter_map(|it| by_label.get(&pair(it))).min_by_key(|it| it.len()) {
        Some(few) => Box::new(few.iter().map(|it| &group[*it])),
        None => Box::new(group.iter()),
    }
}

fn pair(label: &Entry) -> (&str, &str) {
    (label.key.as_str(), label.value.text().map_or("", |it| it.as_str()))
}

/// Where many share a certificate, a few of them say it.
const MOST: usize = 4;

/// The name of a Secret, or the names of two files.
type Credential<'m> = (&'m str, &'m str);

fn credential(tls: &Node) -> Option<Credential<'_>> {
    match tls.said("credentialName") {
        Some(name) => Some((name, "")),
        None => Some((tls.said("serverCertificate")?, tls.said("privateKey")?)),
    }
}

fn span_of(tls: &Node) -> Span {
    if tls.said("credentialName").is_some() {
        tls.spot("credentialName")
    } else {
        tls.spot("serverCertificate")
    }
}

/// Whether every pair of one selector is in the other.
fn is_part(one: &Object, other: &Object) -> bool {
    let others = other.spec().pairs("selector");
    let fits = |it: &Entry| others.iter().any(|its| its.key == it.key && its.value.text() == it.value.text());
    one.spec().pairs("selector").iter().all(fits)
}
