//! Waypoints read an AuthorizationPolicy about requests.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4540",
    name: "authorization-without-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA0109", "MG-42"],
    why: "In the ambient mesh only waypoints look into requests: without `istio.io/use-waypoint` on the Service or \
          the namespace nobody reads an AuthorizationPolicy about requests.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop } #~
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], rules: [{ to: [{ operation: { methods: [GET] } }] }] }
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
        let namespace = policy.namespace();
        if ambient::is_ambient(namespace, cluster) && ambient::is_unread(policy, cluster) {
            let message = format!("`{}` is about requests, and no waypoint reads it", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings
                .push(finding.help("give the namespace or the Service the label `istio.io/use-waypoint`"));
        }
    }
}
