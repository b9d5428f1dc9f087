//! Policies reach the gateways of the Gateway API by `targetRefs`.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG4505",
    name: "selector-of-gateway",
    severity: Severity::Warning,
    equivalents: &["IST0166", "MG-27"],
    why: "Pods of a Gateway of the Gateway API take policies that name the Gateway; a selector that fits their labels \
          has no effect on waypoints, and on other gateways by way of an option only.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: gw-0, namespace: shop, labels: { gateway.networking.k8s.io/gateway-name: gw } }
spec: { containers: [{ name: istio-proxy, image: example/proxy:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: gw, namespace: shop }
spec:
  selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: gw } } #~
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: gw-0, namespace: shop, labels: { gateway.networking.k8s.io/gateway-name: gw } }
spec: { containers: [{ name: istio-proxy, image: example/proxy:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: gw, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: gw }]
",
    run: Run::All(run),
};

const GATEWAY: &str = "gateway.networking.k8s.io/gateway-name";
const POLICIES: [Sort; 4] =
    [Sort::AuthorizationPolicy, Sort::RequestAuthentication, Sort::Telemetry, Sort::WasmPlugin];

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in POLICIES.into_iter().flat_map(|it| cluster.of(it)) {
        if policy.spec().has("targetRef") {
            continue;
        }
        let Some(labels) = reach::selector(policy) else { continue };
        for pod in cluster.pods(Some(policy.namespace()), labels) {
            let Some(gateway) = pod.label(GATEWAY) else { continue };
            let span = policy.spec().entry("selector").map_or(Span::NONE, |it| it.key.span);
            let message = format!("the selector chooses pods of the Gateway `{gateway}`");
            let finding = findings.on(policy, span, message).related(pod.object.span(), "its pods");
            findings.push(finding.help("name the Gateway under `targetRefs`"));
        }
    }
}
