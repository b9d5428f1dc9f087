//! A route is attached to a Gateway that is there and lets it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::listener::{admits, meant};
use crate::lint::gateway_api::reference::{GROUP, ROUTES, described, parents};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3801",
    name: "unknown-parent",
    severity: Severity::Warning,
    equivalents: &["KIA1401"],
    why: "A route takes part in nothing unless a listener of its Gateway lets routes of its namespace attach.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: egde }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } #~
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
    let described = described(cluster, Sort::KubernetesGateway);
    for route in ROUTES.iter().flat_map(|it| cluster.of(*it)) {
        for parent in parents(route).filter(|it| it.is(GROUP, "Gateway")) {
            let Some(gateway) = cluster.named(Sort::KubernetesGateway, parent.namespace, parent.name) else {
                if !cluster.is_declared(parent.namespace, parent.name) {
                    let message =
                        format!("there is no Gateway `{}` in namespace `{}`", parent.name, parent.namespace);
                    let mut finding = findings.on(route, parent.node.spot("name"), message);
                    if !described.contains(parent.namespace) {
                        finding.severity = Severity::Info;
                        finding.message.push_str(" of these files");
                    }
                    let names =
                        cluster.of(Sort::KubernetesGateway).filter(|it| it.namespace() == parent.namespace);
                    findings.push(finding.suggest(parent.name, names.take(50).map(|it| it.name.as_str())));
                }
                continue;
            };
            let mut listeners = meant(gateway, parent.node).peekable();
            if listeners.peek().is_some()
                && !listeners.any(|it| admits(cluster, gateway, it, route.namespace()))
            {
                let message =
                    format!("no listener of the Gateway `{}` lets this namespace attach", parent.name);
                let finding = findings.on(route, parent.node.spot("name"), message);
                let finding = finding.related(gateway.spec().spot("listeners"), "its listeners");
                findings.push(finding.help("allow it under `allowedRoutes.namespaces` of a listener"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_listener_admits_its_own_namespace_unless_it_says_more() {
        let text = |from: &str| {
            format!("
{{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{ name: g, namespace: a }}, spec: {{ listeners: [{{ name: h, port: 80 {from} }}] }} }}
---
{{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{ name: r, namespace: b }}, spec: {{ parentRefs: [{{ name: g, namespace: a }}] }} }}
---
{{ apiVersion: v1, kind: Namespace, metadata: {{ name: b, labels: {{ team: x }} }} }}
")
        };
        let said = ["no listener of the Gateway `g` lets this namespace attach"];
        assert_says(&RULE, &text(""), &said);
        assert_says(
            &RULE,
            &text(
                ", allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: y } } } }",
            ),
            &said,
        );
        assert_says(
            &RULE,
            &text(
                ", allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: x } } } }",
            ),
            &[],
        );
        assert_says(&RULE, &text(", allowedRoutes: { namespaces: { from: All } }"), &[]);
    }
}
