//! The pods of a subset are pods behind its host.

use crate::diag::Severity;
use crate::lint::traffic::subset_pods::{Pods, subsets};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3515",
    name: "subset-outside-service",
    severity: Severity::Warning,
    equivalents: &["KIA0203", "MG-31"],
    why: "A subset narrows down the pods that the Service selects: pods of other Services do not count, and a Service that selects one version has no others.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v2, labels: { version: v2 } }] #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews, version: v1 }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v1 } }
  template:
    metadata: { labels: { app: reviews, version: v1 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v2 } }
  template:
    metadata: { labels: { app: reviews, version: v2 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v2, labels: { version: v2 } }]
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
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews, version: v2 } }
  template:
    metadata: { labels: { app: reviews, version: v2 } }
    spec: { containers: [{ name: app, image: "example.com/reviews:1.0.0" }] }
"#,
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for found in subsets(cluster).into_iter().filter(|it| it.pods == Pods::Elsewhere) {
        let name = found.subset.word("name").map_or("", Str::as_str);
        let message = format!(
            "pods have the labels of the subset `{name}`, but `{}` selects none of them",
            found.target.name
        );
        let span = found.subset.entry("labels").map_or(found.subset.span, |it| it.value.span);
        let selector = found.target.spec().entry("selector").map_or(found.target.span(), |it| it.value.span);
        let finding = findings.on(found.rule, span, message).related(selector, "selects others");
        findings.push(finding.help("let the Service select the pods of every version"));
    }
}
