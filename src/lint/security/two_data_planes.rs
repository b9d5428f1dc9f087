//! A workload is in the mesh in one way.

use crate::diag::Severity;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG4560",
    name: "two-data-planes",
    severity: Severity::Error,
    equivalents: &["KIA1311"],
    why: "Labels that ask for the ambient mesh and for sidecars at once contradict each other; which of them wins \
          depends on the release.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } } #~
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
        if ambient::is_ambient_workload(workload, cluster) && asks_for_sidecar(object.namespace(), cluster) {
            let message = format!("labels ask for the ambient mesh and for a sidecar for `{}`", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help("take one of the labels away"));
        }
    }
}

/// Whether labels ask for a sidecar: the namespace's, which `disabled` takes back.
fn asks_for_sidecar(namespace: &str, cluster: &Cluster) -> bool {
    let Some(object) = cluster.namespace(namespace) else { return false };
    let injection = object.label("istio-injection").map_or("", Str::as_str);
    let revision = object.label("istio.io/rev").is_some_and(|it| !it.is_empty());
    (injection == "enabled" || revision) && injection != "disabled"
}
