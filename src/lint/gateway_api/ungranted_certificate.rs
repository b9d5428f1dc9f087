//! A listener takes a certificate of another namespace only if that one grants it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway_api::reference::{Grants, Reference};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3816",
    name: "ungranted-certificate",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Without a ReferenceGrant of the other namespace the listener has no certificate and is not programmed.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop, namespace: certs }] } }] } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: shop, namespace: certs }] } }] }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: certs, namespace: certs }
spec: { from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: shop }], to: [{ group: \"\", kind: Secret }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let grants = Grants::of(cluster);
    for gateway in cluster.of(Sort::KubernetesGateway) {
        gateway.node.each_at("spec.listeners[].tls.certificateRefs[]", &mut |node| {
            let Some(to) = Reference::certificate(node, gateway).filter(|it| !grants.allow(gateway, it))
            else {
                return;
            };
            let message = format!(
                "namespace `{}` does not grant the Gateway its {} `{}`",
                to.namespace, to.kind, to.name
            );
            let finding = findings.on(gateway, node.spot("namespace"), message);
            findings.push(finding.help(format!(
                "add a ReferenceGrant to `{}`, from Gateway of `{}`",
                to.namespace,
                gateway.namespace()
            )));
        });
    }
}
