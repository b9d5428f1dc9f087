//! A route sends requests to a port that the Service has.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::{ROUTES, backends};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3806",
    name: "unknown-backend-port",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The proxy has no cluster for any other port: requests are answered with 500.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 8080 }] }] } #~
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
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)) {
        for backend in backends(route).into_iter().filter(|it| it.is("", "Service")) {
            let Some(service) = cluster.named(Sort::Service, backend.namespace, backend.name) else {
                continue;
            };
            let Some(port) = backend.node.whole("port") else { continue };
            let known: Vec<i64> =
                service.spec().list("ports").iter().filter_map(|it| it.whole("port")).collect();
            if !known.contains(&port) {
                let message = format!("the Service `{}` has no port {port}", backend.name);
                let finding = findings.on(route, backend.node.spot("port"), message);
                let finding = finding.related(service.spec().spot("ports"), "its ports");
                let known: Vec<String> = known.iter().map(ToString::to_string).collect();
                findings.push(finding.help(format!("known: {}", known.join(", "))));
            }
        }
    }
}
