//! Waypoints read a WasmPlugin.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4544",
    name: "plugin-without-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA1111", "MG-42"],
    why: "In the ambient mesh only waypoints look into requests: without `istio.io/use-waypoint` on the Service or \
          the namespace nobody reads a WasmPlugin.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: shop, namespace: shop } #~
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], url: oci://example.com/plugin:1 }
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
        let namespace = policy.namespace();
        if ambient::is_ambient(namespace, cluster) && ambient::is_unread(policy, cluster) {
            let message = format!("`{}` is about requests, and no waypoint reads it", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings
                .push(finding.help("give the namespace or the Service the label `istio.io/use-waypoint`"));
        }
    }
}
