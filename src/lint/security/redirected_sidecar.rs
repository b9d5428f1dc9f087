//! A pod with a sidecar is not redirected for the ambient mesh.

use crate::diag::Severity;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG4565",
    name: "redirected-sidecar",
    severity: Severity::Error,
    equivalents: &["KIA1314"],
    why: "A living pod that was captured for the ambient mesh while its namespace asks for sidecars has its traffic \
          redirected twice, or not at all, after the next restart.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello }, annotations: { ambient.istio.io/redirection: enabled } } #~
spec: { containers: [{ name: app, image: example/app:1 }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
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
        if is_redirected(workload) && asks_for_sidecar(object.namespace(), cluster) {
            let message =
                format!("`{}` is captured for the ambient mesh, and labels ask for a sidecar", object.name);
            let finding = findings.on(object, object.span(), message);
            findings.push(finding.help("take one of the two away, and restart the pod"));
        }
    }
}

fn is_redirected(workload: Workload<'_>) -> bool {
    workload.annotation("ambient.istio.io/redirection").is_some_and(|it| it == "enabled")
}

/// Whether labels ask for a sidecar: the namespace's, which `disabled` takes back.
fn asks_for_sidecar(namespace: &str, cluster: &Cluster) -> bool {
    let Some(object) = cluster.namespace(namespace) else { return false };
    let injection = object.label("istio-injection").map_or("", Str::as_str);
    let revision = object.label("istio.io/rev").is_some_and(|it| !it.is_empty());
    (injection == "enabled" || revision) && injection != "disabled"
}
