//! At one gateway, a host has one VirtualService.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::mesh_conflict::mesh_conflicts;
use crate::lint::traffic::short_host::{Namespaces, resolved};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::destination::in_cluster;
use crate::source::Span;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3521",
    name: "repeated-host",
    severity: Severity::Warning,
    equivalents: &["KIA1106"],
    why: "Istio merges the routes of several in an order that nobody wrote down: the age of the objects decides which match is asked first.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [shop.example.com] #~
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: more, namespace: shop }
spec:
  hosts: [shop.example.com] #~
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: more, namespace: shop }
spec:
  hosts: [more.example.com]
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::All(run),
};

/// The `VirtualService`s of a host: each with the place of the host in it.
type Sharing<'m> = Vec<(&'m Object, Span)>;

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let told = mesh_conflicts(cluster);
    let known = Namespaces::of(cluster);
    // By gateway, namespace of the host, and host.
    let mut shared: BTreeMap<(&str, String), BTreeMap<String, Sharing<'_>>> = BTreeMap::new();
    for object in cluster.of(Sort::VirtualService) {
        let mut names: Vec<&str> =
            object.spec().list("gateways").iter().filter_map(|it| it.text()).map(Str::as_str).collect();
        if names.is_empty() {
            names.push("");
        }
        for host in object.spec().list("hosts") {
            let Some(text) = host.text() else { continue };
            let (namespace, name) = place(cluster, &known, object, text);
            for gateway in &names {
                let hosts = shared.entry((*gateway, namespace.clone())).or_default();
                hosts.entry(name.clone()).or_default().push((object, host.span));
            }
        }
    }
    let mut found: BTreeMap<usize, (&Object, Span, &Object)> = BTreeMap::new();
    for hosts in shared.values() {
        let every = hosts.get("*").filter(|_| hosts.len() > 1);
        let any = hosts.iter().find(|it| it.0 != "*").and_then(|it| it.1.first());
        for (name, sharing) in hosts {
            let wide = if name == "*" { every.and(any) } else { every.and_then(|it| it.first()) };
            let others = if sharing.len() > 1 { [sharing.first(), sharing.last()] } else { [wide, None] };
            for (object, span) in sharing {
                let other = others.into_iter().flatten().find(|it| it.0.id != object.id);
                if let Some((other, _)) = other.filter(|_| !told.contains_key(&object.id)) {
                    found.entry(object.id).or_insert((object, *span, other));
                }
            }
        }
    }
    for (object, span, other) in found.into_values() {
        let message = format!("the VirtualService `{}` is for this host, too", other.name);
        let finding = findings.on(object, span, message).related(other.span(), "the other");
        findings.push(finding.help("make it one VirtualService, or let one delegate to the other"));
    }
}

/// The namespace and the name of a host in the cluster; of any other, its name alone.
fn place(cluster: &Cluster, known: &Namespaces<'_>, object: &Object, host: &str) -> (String, String) {
    if host == "*" {
        return (object.namespace().to_owned(), host.to_owned());
    }
    let full = resolved(cluster, known, host, object.namespace());
    match in_cluster(&full, &cluster.config.cluster_domain) {
        Some((name, namespace)) => (namespace.to_owned(), name.to_owned()),
        None => (String::new(), full),
    }
}
