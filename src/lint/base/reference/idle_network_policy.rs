//! A NetworkPolicy is for some pods.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5327",
    name: "idle-network-policy",
    severity: Severity::Warning,
    equivalents: &[],
    why: "The pods that it was meant to shield are open to whomever no other policy keeps out.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: website } }, policyTypes: [Ingress] } #~
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'web:1' }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress] }
",
    run: Run::Each(&[Sort::NetworkPolicy], run),
};

fn run(policy: &Object, cluster: &Cluster, findings: &mut Findings<'_>) {
    let namespace = policy.namespace();
    let Some(selector) = policy.spec().get("podSelector").filter(|it| !it.entries().is_empty()) else {
        return;
    };
    if cluster.fitting(namespace, selector).next().is_none() && cluster.has_pods(namespace) {
        let message = format!("`{}` is for no pod of these files", policy.name);
        let help = "write the labels that the template of the pods has";
        findings.push(findings.at(selector.span, message).help(help));
    }
}
