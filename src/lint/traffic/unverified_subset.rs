//! Whether a subset has endpoints cannot always be said by pods.

use crate::diag::Severity;
use crate::lint::traffic::subset_pods::{Pods, subsets};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3516",
    name: "unverified-subset",
    severity: Severity::Info,
    equivalents: &["IST0173"],
    why: "Endpoints of a ServiceEntry may carry the labels, and a subset without labels is everything; istioctl only looks for pods.",
    bad: "
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop }
spec:
  hosts: [db.example.com]
  ports: [{ number: 5432, name: tcp, protocol: TCP }]
  resolution: STATIC
  endpoints: [{ address: 10.0.0.1, labels: { role: main } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: db.example.com
  subsets: [{ name: main, labels: { role: main } }] #~
",
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
    for found in subsets(cluster).into_iter().filter(|it| it.pods == Pods::Unverified) {
        let name = found.subset.word("name").map_or("", Str::as_str);
        let message = format!("no pods belong to the subset `{name}`");
        let finding = findings.on(found.rule, found.subset.span, message);
        findings.push(finding.help("nothing, if its endpoints are no pods of these files"));
    }
}
