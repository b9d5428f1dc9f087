//! A host has routes of one kind: of an HTTPRoute or of a VirtualService.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_mesh;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::fqdn;
use crate::mesh::hosts::Hosts;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3543",
    name: "routes-of-two-kinds",
    severity: Severity::Warning,
    equivalents: &["MG-44"],
    why: "Both are for the sidecars, and which of them counts depends on the namespaces of the client, of the Service and of each: the other is ignored without a word.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews] #~
  http:
  - redirect: { uri: /new }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: reviews, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: reviews, port: 9080 }]
  rules: [{ backendRefs: [{ name: reviews, port: 9080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
"#,
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - redirect: { uri: /new }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = &cluster.config.cluster_domain;
    let mut routed: Hosts<&Object> = Hosts::default();
    for route in [Sort::HttpRoute, Sort::GrpcRoute].into_iter().flat_map(|it| cluster.of(it)) {
        for parent in route.spec().list("parentRefs") {
            let group = parent.word("group").map_or("gateway.networking.k8s.io", Str::as_str);
            let service = parent.word("kind").is_some_and(|it| it == "Service")
                && (group.is_empty() || group == "core");
            let (Some(name), true) = (parent.word("name"), service) else { continue };
            let namespace = parent.word("namespace").map_or(route.namespace(), Str::as_str);
            routed.insert(&format!("{name}.{namespace}.svc.{domain}"), route);
        }
    }
    for object in cluster.of(Sort::VirtualService).filter(|it| is_for_mesh(it)) {
        for host in object.spec().list("hosts") {
            let Some(text) = host.text() else { continue };
            let full = fqdn(text, object.namespace(), domain);
            if let Some(route) = routed.same(&full).next() {
                let message = format!("the {} `{}` is for this host, too", route.kind, route.name);
                let finding = findings.on(object, host.span, message).related(route.span(), "the other");
                findings.push(finding.help("keep one of them"));
            }
        }
    }
}
