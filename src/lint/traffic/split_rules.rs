//! Rules for one host that shall be merged are exported alike.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::lint::traffic::rules::{by_host, subset_names};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3535",
    name: "rules-split-by-export",
    severity: Severity::Warning,
    equivalents: &["MG-15"],
    why: "Istio merges the rules of a host only if they are exported to the same namespaces, and an empty `exportTo` is not the same as `*`: otherwise the newest wins, and the subsets of the others are gone.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: more, namespace: shop }
spec:
  host: reviews #~
  exportTo: ["*"]
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
    good: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: more, namespace: shop }
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
    for rules in by_host(cluster).into_values() {
        let general: Vec<&Object> =
            rules.into_iter().filter(|it| !it.spec().has("workloadSelector")).collect();
        let Some((first, others)) = general.split_first() else { continue };
        for rule in others.iter().filter(|it| exports(it) != exports(first)) {
            let (one, two) = (subset_names(first), subset_names(rule));
            if one.iter().all(|it| two.contains(it)) && two.iter().all(|it| one.contains(it)) {
                continue;
            }
            let span = rule.spec().get("host").map_or(rule.span(), |it| it.span);
            let message = format!(
                "`{}` is for the same host, is exported otherwise, and has other subsets",
                first.name
            );
            let finding = findings.on(rule, span, message).related(first.span(), "the other");
            findings.push(finding.help("give both the same `exportTo`, or make it one DestinationRule"));
        }
    }
}

fn exports(rule: &Object) -> BTreeSet<&str> {
    rule.spec().list("exportTo").iter().filter_map(|it| it.text()).map(Str::as_str).collect()
}
