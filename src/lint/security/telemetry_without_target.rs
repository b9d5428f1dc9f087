//! Waypoints take a Telemetry about requests by name.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG4547",
    name: "telemetry-without-target",
    severity: Severity::Warning,
    equivalents: &["KIA1117", "MG-42"],
    why: "Waypoints ignore selectors: in the ambient mesh a Telemetry about requests says with `targetRefs` what it \
          is for.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: shop, namespace: shop } #~
spec: { accessLogging: [{ providers: [{ name: envoy }] }] }
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
        if ambient::is_ambient(policy.namespace(), cluster) && !ambient::is_attached(policy) {
            let message = format!("`{}` is about requests, and names no waypoint or Service", policy.name);
            let finding = findings.on(policy, policy.span(), message);
            findings.push(finding.help("name a Gateway or a Service under `targetRefs`"));
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
