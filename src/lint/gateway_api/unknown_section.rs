//! A route that is attached to one listener names one that is there.
//!
//! Source: `referenceAllowed` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::listener::meant;
use crate::lint::gateway_api::reference::{GROUP, ROUTES, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3802",
    name: "unknown-section",
    severity: Severity::Warning,
    equivalents: &[],
    why: "No listener of the Gateway has that name and port, so the route takes part in nothing.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge, sectionName: https }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } #~
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
spec: { parentRefs: [{ name: edge, sectionName: http }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
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
        for parent in parents(route).filter(|it| it.is(GROUP, "Gateway")) {
            let gateway = cluster.named(Sort::KubernetesGateway, parent.namespace, parent.name);
            let Some(gateway) = gateway.filter(|it| meant(it, parent.node).next().is_none()) else {
                continue;
            };
            let key = if parent.node.has("sectionName") { "sectionName" } else { "port" };
            let message = format!("the Gateway `{}` has no such listener", parent.name);
            let finding = findings.on(route, parent.node.spot(key), message);
            let finding = finding.related(gateway.spec().spot("listeners"), "its listeners");
            let names = gateway.spec().list("listeners").iter().filter_map(|it| it.word("name"));
            let known: Vec<&str> = names.map(Str::as_str).collect();
            findings.push(match parent.node.word("sectionName") {
                Some(name) if !known.contains(&name.as_str()) => finding.suggest(name, known),
                _ => finding.help("name a listener and its port, or leave both out"),
            });
        }
    }
}
