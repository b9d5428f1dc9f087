//! A subset has labels that pods carry.

use crate::diag::Severity;
use crate::lint::traffic::subset_pods::{Pods, subsets};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3514",
    name: "subset-without-pods",
    severity: Severity::Error,
    equivalents: &["IST0173", "KIA0203", "MG-31"],
    why: "A cluster without endpoints answers every request that is routed to it with 503.",
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
  subsets: [{ name: v1, labels: { version: v1 } }]
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
    let described = cluster.workloads().next().is_some();
    for found in subsets(cluster).into_iter().filter(|it| it.pods == Pods::Missing) {
        let name = found.subset.word("name").map_or("", Str::as_str);
        let start = if described { "" } else { "in these files, " };
        let message = format!("{start}no pods have the labels of the subset `{name}`");
        let span = found.subset.entry("labels").map_or(found.subset.span, |it| it.value.span);
        let mut finding = findings.on(found.rule, span, message).help("write the labels that the pods carry");
        if !described {
            finding.severity = Severity::Info;
        }
        findings.push(finding);
    }
}
