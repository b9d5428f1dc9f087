//! A route has a host that a listener opens.
//!
//! Source: `referenceAllowed` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::listener::meant;
use crate::lint::gateway_api::reference::{GROUP, ROUTES, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::host::overlap;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3803",
    name: "host-of-no-listener",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Requests for the hosts of the route never come in by this Gateway: none of them is in the hostname of a listener.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], hostnames: [other.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } #~
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
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], hostnames: [shop.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
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
        let hosts = route.spec().list("hostnames");
        if hosts.is_empty() {
            continue;
        }
        for parent in parents(route).filter(|it| it.is(GROUP, "Gateway")) {
            let gateway = cluster.named(Sort::KubernetesGateway, parent.namespace, parent.name);
            let Some(gateway) = gateway else { continue };
            let mut listeners = meant(gateway, parent.node).peekable();
            let is_open = |listener: &Node| {
                let opened = listener.said("hostname").map_or("*", |it| it.as_str());
                hosts.iter().filter_map(|it| it.text()).any(|it| overlap(it, opened))
            };
            if listeners.peek().is_some() && !listeners.any(is_open) {
                let message =
                    format!("no listener of the Gateway `{}` opens any of these hosts", parent.name);
                let finding = findings.on(route, route.spec().spot("hostnames"), message);
                let finding = finding.related(gateway.spec().spot("listeners"), "its listeners");
                findings.push(finding.help("mend the hosts, or open one of them in a listener"));
            }
        }
    }
}
