//! Waypoints take a WasmPlugin by name.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4545",
    name: "plugin-without-target",
    severity: Severity::Warning,
    equivalents: &["KIA1116", "MG-42"],
    why: "Waypoints ignore selectors: in the ambient mesh a WasmPlugin says with `targetRefs` what it is for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: shop, namespace: shop } #~
spec: { url: oci://example.com/plugin:1 }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: shop, namespace: shop }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], url: oci://example.com/plugin:1 }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::WasmPlugin) {
        if ambient::is_ambient(policy.namespace(), cluster) && !ambient::is_attached(policy) {
            let message = format!("`{}` is about requests, and names no waypoint or Service", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings.push(finding.help("name a Gateway or a Service under `targetRefs`"));
        }
    }
}
