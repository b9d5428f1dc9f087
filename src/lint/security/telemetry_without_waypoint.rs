//! Waypoints read a Telemetry about requests.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG4546",
    name: "telemetry-without-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA1112", "MG-42"],
    why: "In the ambient mesh only waypoints look into requests: without `istio.io/use-waypoint` on the Service or \
          the namespace nobody reads a Telemetry about requests.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: shop, namespace: shop } #~
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], accessLogging: [{ providers: [{ name: envoy }] }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: shop, namespace: shop }
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }], accessLogging: [{ providers: [{ name: envoy }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in cluster.of(Sort::Telemetry).filter(|it| is_about_requests(it)) {
        let namespace = policy.namespace();
        if ambient::is_ambient(namespace, cluster) && ambient::is_unread(policy, cluster) {
            let message = format!("`{}` is about requests, and no waypoint reads it", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings
                .push(finding.help("give the namespace or the Service the label `istio.io/use-waypoint`"));
        }
    }
}

/// Whether it says anything that only a proxy for HTTP knows.
fn is_about_requests(telemetry: &Object) -> bool {
    let spec = telemetry.spec();
    let lists = [spec.list("tracing"), spec.list("accessLogging")];
    lists.iter().any(|it| !it.is_empty())
        || spec.list("metrics").iter().any(|it| !it.list("overrides").is_empty())
}
