//! A route of the mesh is attached to a Service that is there.
//!
//! Source: `referenceAllowed` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::{ROUTES, described, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3810",
    name: "unknown-parent-service",
    severity: Severity::Warning,
    equivalents: &["KIA1402"],
    why: "A route that is attached to a Service is for calls of that Service; without it, for none.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ group: \"\", kind: Service, name: wbe }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } #~
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
        for parent in parents(route) {
            let sort = match (parent.group, parent.kind) {
                ("", "Service") => Sort::Service,
                ("networking.istio.io", "ServiceEntry") => Sort::ServiceEntry,
                _ => continue,
            };
            let (namespace, name) = (parent.namespace, parent.name);
            if cluster.named(sort, namespace, name).is_some() || cluster.is_declared(namespace, name) {
                continue;
            }
            let message = format!("there is no {} `{name}` in namespace `{namespace}`", parent.kind);
            let mut finding = findings.on(route, parent.node.spot("name"), message);
            if !described.contains(namespace) {
                finding.severity = Severity::Info;
                finding.message.push_str(" of these files");
            }
            let known = cluster.of(sort).filter(|it| it.namespace() == namespace);
            findings.push(finding.suggest(name, known.take(50).map(|it| it.name.as_str())));
        }
    }
}
