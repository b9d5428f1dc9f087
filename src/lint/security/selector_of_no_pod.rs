//! What Istio's analyzer wants of the selector of a Sidecar and of a Telemetry: a pod.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;

pub static RULE: Rule = Rule {
    code: "MG4503",
    name: "selector-of-no-pod",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA0004"],
    why: "A Sidecar or Telemetry that chooses pods by labels that none of its namespace has does nothing.",
    bad: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: hello, namespace: shop }
spec:
  workloadSelector: { labels: { app: helo } } #~
  egress: [{ hosts: [\"./*\"] }]
",
    good: "
apiVersion: v1
kind: Pod
metadata: { name: hello-0, namespace: shop, labels: { app: hello } }
spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: hello, namespace: shop }
spec:
  workloadSelector: { labels: { app: hello } }
  egress: [{ hosts: [\"./*\"] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in [Sort::Sidecar, Sort::Telemetry].into_iter().flat_map(|it| cluster.of(it)) {
        let Some(labels) = reach::selector(object).filter(|it| !it.is_empty()) else { continue };
        let namespace = object.namespace();
        if cluster.pods(Some(namespace), labels).next().is_some() {
            continue;
        }
        let spec = object.spec();
        let entry = spec.entry("selector").or_else(|| spec.entry("workloadSelector"));
        let span = entry.map_or(Span::NONE, |it| it.key.span);
        let message = format!("no pod with `{}` is in `{namespace}`", reach::shown(labels));
        let mut finding = findings.on(object, span, message);
        if !cluster.has_pods(namespace) {
            finding.severity = Severity::Info;
        }
        findings.push(finding.help("compare the selector with the labels of the pods"));
    }
}
