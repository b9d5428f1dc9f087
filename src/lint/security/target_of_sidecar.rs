//! Sidecars take no policy that names a Service.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG4577",
    name: "target-of-sidecar",
    severity: Severity::Warning,
    equivalents: &["MG-27"],
    why: "A policy with `targetRefs` to a Service is read by the waypoint of that Service; the sidecars of its pods \
          ignore it, and without waypoint nobody enforces it.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  targetRefs: [{ group: \"\", kind: Service, name: hello }] #~
  rules: [{}]
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  template:
    metadata: { labels: { app: hello } }
    spec: { containers: [{ name: app, image: example/app:1, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{}]
",
    run: Run::All(run),
};

const POLICIES: [Sort; 4] =
    [Sort::AuthorizationPolicy, Sort::RequestAuthentication, Sort::Telemetry, Sort::WasmPlugin];

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for policy in POLICIES.into_iter().flat_map(|it| cluster.of(it)) {
        for service in ambient::services(policy, cluster) {
            let mut behind = cluster.behind(service);
            let sidecar =
                behind.find(|it| it.is_in_mesh(cluster) && !ambient::is_ambient_workload(*it, cluster));
            let Some(workload) = sidecar.filter(|_| !ambient::is_enrolled(service, cluster)) else {
                continue;
            };
            let spec = policy.spec();
            let span =
                spec.entry("targetRefs").or(spec.entry("targetRef")).map_or(Span::NONE, |it| it.key.span);
            let message = format!(
                "the sidecars of `{}` take no policy for the Service `{}`",
                workload.object.name, service.name
            );
            findings.push(findings.on(policy, span, message).help("choose the pods with `selector`"));
        }
    }
}
