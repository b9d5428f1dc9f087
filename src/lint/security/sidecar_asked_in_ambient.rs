//! In a namespace of the ambient mesh nobody asks for a sidecar.

use crate::diag::Severity;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;

pub static RULE: Rule = Rule {
    code: "MG4566",
    name: "sidecar-asked-in-ambient",
    severity: Severity::Warning,
    equivalents: &["KIA1316"],
    why: "A pod with a sidecar in a namespace of the ambient mesh is left out of it: what its neighbours get from \
          ztunnel and waypoints it does not.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello, sidecar.istio.io/inject: \"true\" } } #~
spec: { containers: [{ name: app, image: example/app:1 }] }
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
        if has_sidecar(workload) && ambient::is_ambient(object.namespace(), cluster) {
            let message = format!("`{}` has a sidecar in a namespace of the ambient mesh", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help("take the sidecar away, or move the workload to another namespace"));
        }
    }
}

fn has_sidecar(workload: Workload<'_>) -> bool {
    let is_gateway = workload.label("gateway.networking.k8s.io/gateway-name").is_some();
    let is_asked = workload.label("sidecar.istio.io/inject").is_some_and(|it| it == "true");
    !is_gateway && (is_asked || workload.proxy().is_some())
}
