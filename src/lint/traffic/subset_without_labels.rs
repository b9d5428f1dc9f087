//! A subset has labels that tell it from the rest.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, knowledge};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::host::is_wildcard;
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG3517",
    name: "subset-without-labels",
    severity: Severity::Warning,
    equivalents: &["KIA0209"],
    why: "A subset without labels is the whole service under another name: whoever routes a share of the requests to it reaches every version.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1 }] #~
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
    for rule in cluster.of(Sort::DestinationRule) {
        let subsets = rule.spec().list("subsets");
        let declared = rule.spec().word("host").is_some_and(|it| {
            let known = !matches!(knowledge(cluster, rule, it), Knowledge::Unknown | Knowledge::Undescribed);
            known || is_wildcard(it)
        });
        if !declared {
            continue;
        }
        for subset in subsets.iter().filter(|it| !it.is_null() && it.pairs("labels").is_empty()) {
            let name = subset.word("name").map_or("", Str::as_str);
            let message = format!("the subset `{name}` has no labels, so it is the whole service");
            let finding = findings.on(rule, subset.span, message);
            findings.push(finding.help("write the labels of its pods"));
        }
    }
}
