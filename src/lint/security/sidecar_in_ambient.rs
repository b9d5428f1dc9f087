//! A pod of the ambient mesh has no sidecar of its own.

use crate::diag::Severity;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4563",
    name: "sidecar-in-ambient",
    severity: Severity::Error,
    equivalents: &["KIA1315", "KIA1316"],
    why: "A pod with a proxy among its containers that is captured for the ambient mesh, too, has its traffic \
          redirected twice.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } } #~
spec: { containers: [{ name: istio-proxy, image: example/app:1 }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in cluster.pods(None, &[]) {
        let object = workload.object;
        if workload.proxy().is_some() && is_captured(workload, cluster) {
            let message = format!("`{}` has a sidecar and is of the ambient mesh", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(
                finding.help("take the sidecar away, or the pod out with `istio.io/dataplane-mode: none`"),
            );
        }
    }
}

/// Gateways have a proxy of their own, and are no sidecars.
fn is_captured(workload: Workload<'_>, cluster: &Cluster) -> bool {
    let is_gateway = workload.label("gateway.networking.k8s.io/gateway-name").is_some();
    !is_gateway && ambient::is_ambient_workload(workload, cluster)
}
