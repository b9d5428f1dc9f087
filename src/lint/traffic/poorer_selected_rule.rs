//! A rule for some workloads says all that the general rule says.

use crate::diag::Severity;
use crate::lint::traffic::rules::{by_host, subset_names};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3536",
    name: "poorer-selected-rule",
    severity: Severity::Warning,
    equivalents: &["MG-16"],
    why: "Clients that a rule selects use it alone, and inherit nothing: subsets that only the general rule defines do not exist for them, and neither do its TLS settings.",
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
metadata: { name: web, namespace: shop }
spec:
  host: reviews
  workloadSelector: { matchLabels: { app: reviews } } #~
  trafficPolicy: { loadBalancer: { simple: RANDOM } }
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
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec:
  host: reviews
  workloadSelector: { matchLabels: { app: reviews } }
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
    for rules in by_host(cluster).into_values() {
        let (selected, general): (Vec<&Object>, Vec<&Object>) =
            rules.into_iter().partition(|it| it.spec().has("workloadSelector"));
        let Some(general) = general.first() else { continue };
        for rule in selected {
            let Some(entry) = rule.spec().entry("workloadSelector") else { continue };
            let own = subset_names(rule);
            let lacking = subset_names(general).into_iter().find(|it| !own.contains(it));
            let tls = |it: &Object| it.spec().at(&["trafficPolicy", "tls"]).is_some();
            let what = match lacking {
                Some(name) => format!("the subset `{name}`"),
                None if tls(general) && !tls(rule) => "`tls`".to_owned(),
                None => continue,
            };
            let message = format!("these workloads do not have {what} of `{}`", general.name);
            let finding = findings.on(rule, entry.key.span, message).related(general.span(), "not inherited");
            findings.push(finding.help("say it here, too"));
        }
    }
}
