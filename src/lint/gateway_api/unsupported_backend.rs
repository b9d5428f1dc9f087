//! A route sends requests to kinds that Istio knows: a Service, a Hostname, a `ServiceImport`, an `InferencePool`.
//!
//! Source: `buildDestination` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::lint::gateway_api::class::is_of_istio;
use crate::lint::gateway_api::reference::{ROUTES, backends};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3809",
    name: "unsupported-backend",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Istio does not resolve any other kind: requests are answered with 500.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ group: example.com, kind: Bucket, name: web, port: 80 }] }] } #~
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
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)).filter(|it| is_of_istio(cluster, it)) {
        for backend in backends(route) {
            if !KNOWN.iter().any(|it| backend.is(it.0, it.1)) {
                let place = if backend.node.has("kind") { "kind" } else { "group" };
                let message = format!("Istio sends no requests to {} of `{}`", backend.kind, backend.group);
                let finding = findings.on(route, backend.node.spot(place), message);
                findings.push(
                    finding.help("name a Service, or `group: networking.istio.io` and `kind: Hostname`"),
                );
            }
        }
    }
}

const KNOWN: &[(&str, &str)] = &[
    ("", "Service"),
    ("networking.istio.io", "Hostname"),
    ("multicluster.x-k8s.io", "ServiceImport"),
    ("inference.networking.k8s.io", "InferencePool"),
    ("inference.networking.x-k8s.io", "InferencePool"),
];
