//! Of the backends of a rule, one has a weight.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3807",
    name: "weightless-split",
    severity: Severity::Warning,
    equivalents: &[],
    why: "If every weight is 0, each request of the rule is answered with 500.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 80, weight: 0 }] }] } #~
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
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: web, port: 80, weight: 1 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
",
    run: Run::Values(RULES, run),
};

const RULES: &[(Sort, &str)] = &[
    (Sort::HttpRoute, "spec.rules[].backendRefs"),
    (Sort::GrpcRoute, "spec.rules[].backendRefs"),
    (Sort::TlsRoute, "spec.rules[].backendRefs"),
    (Sort::TcpRoute, "spec.rules[].backendRefs"),
];

fn run(backends: &Node, findings: &mut Findings<'_>) {
    let items = backends.items();
    if !items.is_empty() && items.iter().all(|it| it.whole("weight") == Some(0)) {
        let finding = findings.at(backends.span, "no backend of the rule has a weight");
        findings.push(finding.help("give one of them a weight, or take the rule away"));
    }
}
