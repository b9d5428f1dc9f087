//! The Secret of a server holds a certificate.
//!
//! Source: `SecretAnalyzer` of istioctl. Whether a certificate has expired depends on the day, which is not asked here.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway::certificate;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3238",
    name: "unusable-credential",
    severity: Severity::Error,
    equivalents: &["IST0161"],
    why: "The proxy gets no certificate from a Secret without `tls.crt` and `tls.key` (or `cert` and `key`), or whose `tls.crt` is none, and drops the server.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] } #~
---
apiVersion: v1
kind: Secret
metadata: { name: shop-cert, namespace: istio-system }
type: kubernetes.io/tls
stringData: { tls.crt: \"certificate\", tls.key: \"key\" }
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-cert, namespace: istio-system }
type: kubernetes.io/tls
stringData: { tls.crt: \"-----BEGIN CERTIFICATE-----\\nMA8wAwIBATAEBgIqAwMCAAE=\\n-----END CERTIFICATE-----\\n\", tls.key: \"key\" }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for gateway in cluster.of(Sort::Gateway) {
        let pods = cluster.gateway_pods(gateway.spec().pairs("selector"));
        let namespaces: BTreeSet<&str> = pods.namespaces().collect();
        let mut told: BTreeSet<usize> = BTreeSet::new();
        gateway.node.each_at("spec.servers[].tls.credentialName", &mut |name| {
            let Some(text) = name.text().filter(|it| !it.is_empty()) else { return };
            let (place, secret) = match text.split_once('/') {
                Some((namespace, secret)) => (Some(namespace), secret),
                None => (None, text.as_str()),
            };
            let places = namespaces.iter().copied().filter(|_| place.is_none()).chain(place);
            let Some(secret) = places.into_iter().find_map(|it| cluster.named(Sort::Secret, it, secret))
            else {
                return;
            };
            if let Err((span, reason)) = certificate::judge(secret)
                && told.insert(secret.id)
            {
                let finding =
                    findings.on(gateway, name.span, format!("the Secret holds no certificate: {reason}"));
                let finding = finding.related(span, "the Secret");
                findings.push(finding.help("give the Secret `tls.crt` and `tls.key`, in PEM"));
            }
        });
    }
}
