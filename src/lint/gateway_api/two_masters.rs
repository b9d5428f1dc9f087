//! Calls of a Service are routed by a VirtualService or by a route of the mesh.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::{ROUTES, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::host::fqdn;
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3819",
    name: "two-masters",
    severity: Severity::Warning,
    equivalents: &["MG-44"],
    why: "Only one of them is used, and which depends on their namespaces: the other does nothing.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ group: \"\", kind: Service, name: web }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } #~
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ group: \"\", kind: Service, name: web }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [other], http: [{ route: [{ destination: { host: web } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut rivals: BTreeMap<Str, &Object> = BTreeMap::new();
    if ROUTES.iter().all(|it| cluster.of(*it).next().is_none()) {
        return;
    }
    for rival in cluster.of(Sort::VirtualService).filter(|it| is_of_mesh(it)) {
        for host in rival.spec().list("hosts").iter().filter_map(|it| it.text()) {
            rivals.entry(fqdn(host, rival.namespace(), &cluster.config.cluster_domain)).or_insert(rival);
        }
    }
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)) {
        for parent in parents(route).filter(|it| it.is("", "Service")) {
            let short = format!("{}.{}.svc.{}", parent.name, parent.namespace, cluster.config.cluster_domain);
            let Some(rival) = rivals.get(short.as_str()) else { continue };
            let message =
                format!("the VirtualService `{}` routes calls of `{}`, too", rival.name, parent.name);
            let finding = findings.on(route, parent.node.spot("name"), message);
            findings.push(finding.related(rival.span(), "the VirtualService").help("keep one of them"));
        }
    }
}

fn is_of_mesh(virtual_service: &Object) -> bool {
    let gateways = virtual_service.spec().list("gateways");
    gateways.is_empty() || gateways.iter().any(|it| it.text().is_some_and(|it| it == "mesh"))
}
