//! The Secret of a server is in the namespace of the pods of the gateway.
//!
//! Source: `SecretAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::secrets::Secrets;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3237",
    name: "unknown-credential",
    severity: Severity::Warning,
    equivalents: &["IST0101", "MG-39"],
    why: "The proxy reads Secrets of its own namespace only; without the Secret the server ends no connection. It may be made by hand or by another tool.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-crt } }] } #~
---
apiVersion: v1
kind: Secret
metadata: { name: shop-cert, namespace: istio-system }
type: kubernetes.io/tls
stringData: { tls.crt: \"-----BEGIN CERTIFICATE-----\\nMA8wAwIBATAEBgIqAwMCAAE=\\n-----END CERTIFICATE-----\\n\", tls.key: \"key\" }
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
    let secrets = Secrets::of(cluster);
    for gateway in cluster.of(Sort::Gateway) {
        let pods = cluster.gateway_pods(gateway.spec().pairs("selector"));
        if pods.is_empty() {
            continue;
        }
        let namespaces: BTreeSet<&str> = pods.namespaces().collect();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        gateway.node.each_at("spec.servers[].tls.credentialName", &mut |name| {
            let Some(text) = name.text().filter(|it| !it.is_empty() && !it.contains("://")) else { return };
            let (places, secret) = match text.split_once('/') {
                Some((namespace, secret)) => (BTreeSet::from([namespace]), secret),
                None => (namespaces.clone(), text.as_str()),
            };
            if places.iter().any(|it| secrets.has(it, secret) || cluster.is_declared(it, secret)) {
                return;
            }
            if !told.insert(text) {
                return;
            }
            let place = places.first().copied().unwrap_or_default();
            let message = format!("no Secret `{secret}` of namespace `{place}` is in these files");
            let mut finding = findings.on(gateway, name.span, message);
            // Only files that make Secrets there say which there are; most are made by hand or by another tool.
            finding.severity = if secrets.knows(place) { Severity::Error } else { Severity::Info };
            findings.push(finding.suggest(secret, secrets.names(place)));
        });
    }
}
