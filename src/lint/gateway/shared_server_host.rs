//! No two servers of the same pods open overlapping hosts at the same port.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::selector_text;
use crate::mesh::hosts::Hosts;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3241",
    name: "shared-server-host",
    severity: Severity::Warning,
    equivalents: &["KIA0301"],
    why: "A request fits both servers: which of them it reaches depends on the order in which the proxy gets them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [\"*.example.com\"] }] } #~
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
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [\"*.example.org\"] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: side, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::All(run),
};

/// A host of a server and the namespace whose routes may use it.
struct Opening<'m> {
    gateway: &'m Object,
    host: &'m Node,
    name: &'m str,
    namespace: &'m str,
}

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut groups: BTreeMap<(Str, i64), Vec<Opening<'_>>> = BTreeMap::new();
    for gateway in cluster.of(Sort::Gateway) {
        let selector = selector_text(gateway.spec().pairs("selector"));
        for server in gateway.spec().list("servers") {
            let number = server.get("port").and_then(|it| it.whole("number")).unwrap_or(0);
            let group = groups.entry((selector.clone(), number)).or_default();
            group.extend(server.list("hosts").iter().filter_map(|it| opening(gateway, it)));
        }
    }
    for group in groups.values().filter(|it| it.len() > 1) {
        judge(group, findings);
    }
}

fn opening<'m>(gateway: &'m Object, host: &'m Node) -> Option<Opening<'m>> {
    let (namespace, name) = match host.text()?.split_once('/') {
        Some((".", name)) => (gateway.namespace(), name),
        Some(it) => it,
        None => ("*", host.text()?.as_str()),
    };
    Some(Opening { gateway, host, name, namespace })
}

fn judge(group: &[Opening<'_>], findings: &mut Findings<'_>) {
    let mut names: Hosts<usize> = Hosts::default();
    for (index, opening) in group.iter().enumerate() {
        names.insert(opening.name, index);
    }
    let everything: Vec<usize> = (0..group.len()).filter(|it| group[*it].name == "*").collect();
    // A wildcard learns of the narrower hosts from them: to look for them would be to look at all.
    let mut rivals: Vec<Option<usize>> = vec![None; group.len()];
    for (index, opening) in group.iter().enumerate() {
        let is_wild = opening.name.starts_with('*');
        let wider =
            names.covering(opening.name).filter(|it| !is_wild || it.0 == opening.name).map(|it| *it.1);
        let all = wider.chain(everything.iter().copied());
        for other in all.filter(|it| *it != index && meet(opening, &group[*it])) {
            rivals[other] = rivals[other].or(Some(index));
            if rivals[index].replace(other).is_some() {
                break;
            }
        }
    }
    for (opening, rival) in group.iter().zip(rivals) {
        let Some(rival) = rival.map(|it| &group[it]) else { continue };
        let message =
            format!("`{}` of the Gateway `{}` overlaps at the same port", rival.name, rival.gateway.name);
        let finding = findings.on(opening.gateway, opening.host.span, message);
        let finding = finding.related(rival.host.span, "the other");
        findings.push(finding.help("open each host in one server only"));
    }
}

/// Whether routes of one namespace may use both.
fn meet(one: &Opening<'_>, other: &Opening<'_>) -> bool {
    one.namespace == "*" || other.namespace == "*" || one.namespace == other.namespace
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::found;

    fn count(hosts: &[&str]) -> usize {
        let servers: Vec<String> =
            hosts.iter().map(|it| format!("{{ port: {{ number: 80 }}, hosts: ['{it}'] }}")).collect();
        let text = format!(
            "{{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {{ name: g, namespace: a }}, spec: {{ servers: [{}] }} }}",
            servers.join(", ")
        );
        found(Some(&RULE), &text).len()
    }

    #[test]
    fn hosts_overlap_if_one_is_all_of_them_or_covers_a_full_name() {
        assert_eq!(count(&["*", "a.b"]), 2);
        assert_eq!(count(&["*", "*.b"]), 2);
        assert_eq!(count(&["*.b", "a.b", "a.c"]), 2);
        assert_eq!(count(&["a.b", "a.b"]), 2);
        assert_eq!(count(&["*.b", "*.a.b"]), 0);
        assert_eq!(count(&["./a.b", "c/a.b"]), 0);
    }
}
