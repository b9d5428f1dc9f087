//! Who collects metrics without a proxy is let in.

use crate::diag::Severity;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::Workload;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4592",
    name: "scrape-not-let-in",
    severity: Severity::Warning,
    equivalents: &["MG-26"],
    why: "With `prometheus.istio.io/merge-metrics: \"false\"` Prometheus asks the application itself. Without a \
          proxy it has no identity, so policies that allow identities only turn it away.",
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
    metadata: { labels: { app: hello }, annotations: { prometheus.io/scrape: \"true\", prometheus.istio.io/merge-metrics: \"false\" } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ from: [{ source: { namespaces: [shop] } }] }] #~
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
    metadata: { labels: { app: hello }, annotations: { prometheus.io/scrape: \"true\" } }
    spec: { containers: [{ name: app, image: example/app:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: hello, namespace: shop }
spec:
  selector: { matchLabels: { app: hello } }
  rules: [{ from: [{ source: { namespaces: [shop] } }] }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for workload in cluster.pods(None, &[]).filter(|it| is_scraped(*it) && it.is_in_mesh(cluster)) {
        let policies = cluster.authorizations(workload);
        let allowing = policies.into_iter().filter(|it| walk::action(it) == "ALLOW");
        let allowing: Vec<&Object> = allowing.filter(|it| !walk::rules(it).is_empty()).collect();
        let Some(first) = allowing.first() else { continue };
        if allowing.iter().flat_map(|it| walk::rules(it)).any(takes_strangers) {
            continue;
        }
        let message = format!(
            "whoever collects the metrics of `{}` has no identity, and is not let in",
            workload.object.name
        );
        let span = first.spec().entry("rules").map_or(Span::NONE, |it| it.key.span);
        let finding = findings.on(first, span, message).related(workload.object.span(), "what is scraped");
        findings
            .push(finding.help("allow the port of the metrics to everybody, or let Istio merge the metrics"));
    }
}

fn is_scraped(workload: Workload<'_>) -> bool {
    let says = |key: &str, value: &str| workload.annotation(key).is_some_and(|it| it == value);
    says("prometheus.io/scrape", "true") && says("prometheus.istio.io/merge-metrics", "false")
}

/// Whether a rule may hold for a caller without identity.
fn takes_strangers(rule: &Node) -> bool {
    const FIELDS: [&str; 4] = ["principals", "namespaces", "serviceAccounts", "trustDomains"];
    rule.list("from").is_empty() || walk::sources(rule).any(|it| !walk::says(it, &FIELDS))
}
