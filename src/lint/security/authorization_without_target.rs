//! Waypoints take an AuthorizationPolicy about requests by name.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4541",
    name: "authorization-without-target",
    severity: Severity::Warning,
    equivalents: &["KIA0110", "MG-42"],
    why: "Waypoints ignore selectors: in the ambient mesh an AuthorizationPolicy about requests says with \
          `targetRefs` what it is for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop } #~
spec: { rules: [{ to: [{ operation: { methods: [GET] } }] }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], rules: [{ to: [{ operation: { methods: [GET] } }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::AuthorizationPolicy).filter(|it| ambient::is_about_requests(it)) {
        if ambient::is_ambient(policy.namespace(), cluster) && !ambient::is_attached(policy) {
            let message = format!("`{}` is about requests, and names no waypoint or Service", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings.push(finding.help("name a Gateway or a Service under `targetRefs`"));
        }
    }
}
