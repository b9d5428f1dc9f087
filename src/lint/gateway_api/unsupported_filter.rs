//! The filters of a route are ones that Istio has.
//!
//! Source: `convertHTTPRoute`, `convertGRPCRoute` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::class::is_of_istio;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3808",
    name: "unsupported-filter",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Istio has no filter of this type: it does not accept the route, and none of its rules works.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ filters: [{ type: ExtensionRef, extensionRef: { group: example.com, kind: Cache, name: cache } }], backendRefs: [{ name: web, port: 80 }] }] } #~
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
    run: Run::Each(&[Sort::HttpRoute, Sort::GrpcRoute], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    if !is_of_istio(cluster, object) {
        return;
    }
    let known: &[&str] = if object.is(Sort::HttpRoute) { OF_HTTP } else { OF_GRPC };
    let mut judge = |path: &str, known: &[&str]| {
        object.node.each_at(path, &mut |filter| {
            let Some(name) = filter.text().filter(|it| !known.contains(&it.as_str())) else { return };
            let finding = findings.at(filter.span, format!("Istio has no filter `{name}` here"));
            findings.push(finding.help(format!("known: {}", known.join(", "))));
        });
    };
    judge("spec.rules[].filters[].type", known);
    judge("spec.rules[].backendRefs[].filters[].type", OF_BACKENDS);
}

const OF_HTTP: &[&str] = &[
    "RequestHeaderModifier",
    "ResponseHeaderModifier",
    "RequestRedirect",
    "RequestMirror",
    "URLRewrite",
    "CORS",
];
const OF_GRPC: &[&str] = &["RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror"];
const OF_BACKENDS: &[&str] = &["RequestHeaderModifier", "ResponseHeaderModifier"];
