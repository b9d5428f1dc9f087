//! A route sends requests to Services that are there, named by their name alone.
//!
//! Source: `buildDestination` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::{ROUTES, backends, described};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3804",
    name: "unknown-route-backend",
    severity: Severity::Warning,
    equivalents: &["KIA1402"],
    why: "The share of requests that goes to a Service that is not there is answered with 500.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: wbe, port: 80 }] }] } #~
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let described = described(cluster, Sort::Service);
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)) {
        for backend in backends(route).into_iter().filter(|it| it.is("", "Service")) {
            let (namespace, name) = (backend.namespace, backend.name);
            let span = backend.node.spot("name");
            if name.contains('.') {
                let finding =
                    findings.on(route, span, format!("`{name}` is a host, not the name of a Service"));
                findings.push(finding.help("write the name of the Service, and its `namespace` beside it"));
                continue;
            }
            if cluster.named(Sort::Service, namespace, name).is_some() || cluster.is_declared(namespace, name)
            {
                continue;
            }
            let message = format!("there is no Service `{name}` in namespace `{namespace}`");
            let mut finding = findings.on(route, span, message);
            if !described.contains(namespace) {
                finding.severity = Severity::Info;
                finding.message.push_str(" of these files");
            }
            let known = cluster.of(Sort::Service).filter(|it| it.namespace() == namespace);
            findings.push(finding.suggest(name, known.take(50).map(|it| it.name.as_str())));
        }
    }
}
