//! A gateway may call what it routes to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::caller::Caller;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::fqdn;
use crate::source::{Span, Str};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4591",
    name: "gateway-not-let-in",
    severity: Severity::Warning,
    equivalents: &["MG-25"],
    why: "Requests from outside come to a workload with the identity of the gateway: where policies allow others \
          only, the route answers 403.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: ingress-0, namespace: istio-system, labels: { istio: ingressgateway } }
spec: { serviceAccountName: ingress, containers: [{ name: istio-proxy, image: example/proxy:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: hello, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [web], http: [{ route: [{ destination: { host: hello } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/front] } }] }] #~
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: ingress-0, namespace: istio-system, labels: { istio: ingressgateway } }
spec: { serviceAccountName: ingress, containers: [{ name: istio-proxy, image: example/proxy:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: hello, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [web], http: [{ route: [{ destination: { host: hello } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/istio-system/sa/ingress] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let gateways: BTreeMap<(&str, &str), &Object> =
        cluster.of(Sort::Gateway).map(|it| ((it.namespace(), it.name.as_str()), it)).collect();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for route in cluster.of(Sort::VirtualService) {
        let callers = callers(route, &gateways, cluster);
        if callers.is_empty() {
            continue;
        }
        for host in destinations(route, cluster) {
            for service in cluster.declaring(&host, route.namespace()).filter(|it| it.is(Sort::Service)) {
                for workload in cluster.behind(service) {
                    let policies = cluster.authorizations(workload);
                    let allowing = policies.into_iter().filter(|it| walk::action(it) == "ALLOW");
                    let allowing: Vec<&Object> = allowing.filter(|it| !walk::rules(it).is_empty()).collect();
                    let Some(first) = allowing.first() else { continue };
                    let out = callers.iter().find(|it| !allowing.iter().any(|policy| it.may_pass(policy)));
                    let Some(caller) = out.filter(|_| told.insert(first.id)) else { continue };
                    let message =
                        format!("`{}` comes by the gateway `{caller}`, which no policy lets in", route.name);
                    let span = first.spec().entry("rules").map_or(Span::NONE, |it| it.key.span);
                    let finding = findings.on(first, span, message).related(route.span(), "the route");
                    findings.push(finding.help("allow the identity of the gateway, too"));
                }
            }
        }
    }
}

/// The pods of the gateways that a VirtualService is bound to.
fn callers<'m>(
    route: &'m Object,
    gateways: &BTreeMap<(&str, &str), &'m Object>,
    cluster: &'m Cluster,
) -> Vec<Caller<'m>> {
    let mut found = Vec::new();
    for name in route.spec().list("gateways").iter().filter_map(Node::text).filter(|it| *it != "mesh") {
        let key = name.split_once('/').unwrap_or((route.namespace(), name.as_str()));
        let selector = gateways.get(&key).map_or(&[][..], |it| it.spec().pairs("selector"));
        if !selector.is_empty() {
            found.extend(cluster.pods(None, selector).take(1).map(|it| Caller::of(it, cluster)));
        }
    }
    found
}

fn destinations(route: &Object, cluster: &Cluster) -> BTreeSet<Str> {
    let mut hosts = BTreeSet::new();
    for list in ["spec.http[].route[].destination.host", "spec.tcp[].route[].destination.host"] {
        route.node.each_at(list, &mut |host| {
            let host = host.text().map(|it| fqdn(it, route.namespace(), &cluster.config.cluster_domain));
            hosts.extend(host);
        });
    }
    hosts
}
