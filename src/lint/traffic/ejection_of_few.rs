//! Of few pods, not all may be ejected, and of fewer none is.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Workload;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3541",
    name: "ejection-of-few",
    severity: Severity::Warning,
    equivalents: &["MG-35"],
    why: "With `maxEjectionPercent: 100` a few failures take every pod out of rotation; with `minHealthPercent` Envoy stops ejecting as soon as too few are healthy, which with two pods is at the first.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 } } #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v1 } }
  template:
    metadata: { labels: { app: reviews, version: v1 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 } }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v1 } }
  template:
    metadata: { labels: { app: reviews, version: v1 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
"#,
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for rule in cluster.of(Sort::DestinationRule) {
        let Some(detection) = rule.spec().at(&["trafficPolicy", "outlierDetection"]) else { continue };
        let most = detection.entry("maxEjectionPercent").filter(|it| it.value.as_whole() == Some(100));
        let least =
            detection.entry("minHealthPercent").filter(|it| it.value.as_whole().is_some_and(|it| it > 50));
        if most.is_none() && least.is_none() {
            continue;
        }
        let host = rule.spec().word("host").map_or("", Str::as_str);
        let Some(service) =
            cluster.destination(host, rule.namespace(), &[]).filter(|it| it.is(Sort::Service))
        else {
            continue;
        };
        let selector = service.spec().pairs("selector");
        if selector.is_empty() {
            continue;
        }
        let mut pods = cluster.selected(Some(service.namespace()), selector).peekable();
        // An autoscaler may want more than the workload says.
        let replicas = |it: Workload<'_>| {
            if it.object.spec().has("replicas") { it.object.spec().whole("replicas").unwrap_or(9) } else { 1 }
        };
        if pods.peek().is_none()
            || cluster.of(Sort::HorizontalPodAutoscaler).any(|it| it.namespace() == service.namespace())
        {
            continue;
        }
        let count: i64 = pods.map(replicas).sum();
        for entry in most.into_iter().chain(least).filter(|_| count <= 2) {
            let message = match entry.key.as_str() {
                "maxEjectionPercent" => format!("all of its pods ({count}) may be ejected at once"),
                _ => format!("with {count} of its pods, Envoy stops ejecting at the first failure"),
            };
            findings.push(
                findings
                    .on(rule, entry.value.span, message)
                    .help("run more pods, or write a smaller percentage"),
            );
        }
    }
}
