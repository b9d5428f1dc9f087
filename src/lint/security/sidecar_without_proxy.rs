//! Where the mesh is ambient, a Sidecar has no proxy to configure.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4510",
    name: "sidecar-without-proxy",
    severity: Severity::Warning,
    equivalents: &["IST0167"],
    why: "Pods of the ambient mesh have no sidecar, so nobody reads what a Sidecar says of them.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: shop, namespace: shop } #~
spec: { egress: [{ hosts: [\"./*\"] }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: shop, namespace: shop }
spec: { egress: [{ hosts: [\"./*\"] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for sidecar in cluster.of(Sort::Sidecar) {
        let namespace = sidecar.namespace();
        let labels = reach::selector(sidecar).unwrap_or_default();
        let is_idle = if labels.is_empty() {
            cluster.is_ambient(namespace)
        } else {
            cluster.pods(Some(namespace), labels).any(|it| reach::is_ambient(it, cluster))
        };
        if is_idle {
            let whom = if labels.is_empty() { "the namespace is" } else { "pods that it selects are" };
            let message = format!("`{}` has no effect: {whom} of the ambient mesh", sidecar.name);
            let finding = findings.on(sidecar, sidecar.span(), message);
            findings.push(finding.help("take it away"));
        }
    }
}
