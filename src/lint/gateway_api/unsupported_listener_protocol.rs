//! A listener speaks a protocol that Istio has: HTTP, HTTPS, TLS or TCP; a waypoint speaks HBONE.
//!
//! Source: `listenerProtocolToIstio` in `pilot/pkg/config/kube/gateway` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::class::{OF_ISTIO, is_istio};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3818",
    name: "unsupported-listener-protocol",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Istio does not program a listener of any other protocol, UDP included.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: dns, port: 53, protocol: UDP }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: dns, port: 53, protocol: TCP }] }
",
    run: Run::Each(&[Sort::KubernetesGateway], run),
};

fn run(object: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let class = object.spec().word("gatewayClassName").map_or("", |it| it.as_str());
    if !is_istio(cluster, class) {
        return;
    }
    let inner = ["istio-waypoint", "istio-east-west"].contains(&class);
    object.node.each_at("spec.listeners[].protocol", &mut |protocol| {
        let Some(text) = protocol.text() else { return };
        let known = ["HTTP", "HTTPS", "TLS", "TCP", "HBONE"];
        // A class of one's own may be that of a waypoint.
        let is_waypoint = inner || (text == "HBONE" && !OF_ISTIO.contains(&class));
        if !known.contains(&text.as_str()) || (text == "HBONE" && !is_waypoint) {
            let finding = findings.at(protocol.span, format!("Istio has no listeners of {text} here"));
            findings.push(finding.suggest(text, known[..4].iter().copied()));
        }
    });
}
