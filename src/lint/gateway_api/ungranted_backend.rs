//! A route sends requests to another namespace only if that one grants it.
//!
//! Source: `buildDestination` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::lint::gateway_api::reference::{GROUP, Grants, ROUTES, backends, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3805",
    name: "ungranted-backend",
    severity: Severity::Warning,
    equivalents: &["KIA1402"],
    why: "Without a ReferenceGrant of the other namespace, requests are answered with 500. A route of the mesh, attached to a Service, needs none with Istio.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: edge }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }] } #~
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: edge }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge }], to: [{ group: \"\", kind: Service }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let grants = Grants::of(cluster);
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)) {
        let needs_grants = parents(route).any(|it| it.is(GROUP, "Gateway") || it.is(GROUP, "ListenerSet"));
        for backend in backends(route).into_iter().filter(|it| !grants.allow(route, it)) {
            let message = format!(
                "namespace `{}` does not grant the route its {} `{}`",
                backend.namespace, backend.kind, backend.name
            );
            let mut finding = findings.on(route, backend.node.spot("namespace"), message);
            if !needs_grants {
                finding.severity = Severity::Info;
            }
            let help = format!(
                "add a ReferenceGrant to `{}`, from {} of `{}`",
                backend.namespace,
                route.kind,
                route.namespace()
            );
            findings.push(finding.help(help));
        }
    }
}
