//! A listener takes its certificate from a Secret that is there.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::Reference;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::secrets::Secrets;

pub static RULE: Rule = Rule {
    code: "MG3817",
    name: "unknown-certificate",
    severity: Severity::Warning,
    equivalents: &[],
    why: "A listener without its certificate is not programmed: callers cannot connect.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shpo }] } }] } #~
---
apiVersion: v1
kind: Secret
metadata: { name: shop, namespace: shop }
type: kubernetes.io/tls
stringData: { tls.crt: c, tls.key: k }
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop }] } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: shop, namespace: shop }
type: kubernetes.io/tls
stringData: { tls.crt: c, tls.key: k }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let secrets = Secrets::of(cluster);
    for gateway in cluster.of(Sort::KubernetesGateway) {
        // cert-manager makes the Secrets of Gateways that ask it to.
        if gateway.annotations().iter().any(|it| it.key.starts_with("cert-manager.io/")) {
            continue;
        }
        gateway.node.each_at("spec.listeners[].tls.certificateRefs[]", &mut |node| {
            let Some(to) = Reference::certificate(node, gateway).filter(|it| it.is("", "Secret")) else {
                return;
            };
            if secrets.has(to.namespace, to.name) || cluster.is_declared(to.namespace, to.name) {
                return;
            }
            let message =
                format!("no Secret `{}` of namespace `{}` is in these files", to.name, to.namespace);
            let mut finding = findings.on(gateway, node.spot("name"), message);
            if !secrets.knows(to.namespace) {
                finding.severity = Severity::Info;
            }
            findings.push(finding.suggest(to.name, secrets.names(to.namespace)));
        });
    }
}
