//! A Service selects pods that exist.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::Workload;
use crate::yaml::Entry;

pub static RULE: Rule = Rule {
    code: "MG3538",
    name: "selector-without-pods",
    severity: Severity::Warning,
    equivalents: &["MG-31"],
    why: "A Service without pods has no endpoints: requests to it are answered with 503.",
    bad: r#"
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviewz }, ports: [{ name: http, port: 9080 }] } #~
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
    let described: BTreeSet<&str> = cluster.workloads().map(|it| it.object.namespace()).collect();
    for service in cluster.of(Sort::Service).filter(|it| described.contains(it.namespace())) {
        let Some(entry) = service.spec().entry("selector").filter(|it| !it.value.entries().is_empty()) else {
            continue;
        };
        let namespace = service.namespace();
        let mut pods = cluster.selected(Some(namespace), entry.value.entries());
        let machine =
            |it: Workload<'_>| cluster.of(Sort::WorkloadEntry).any(|entry| entry.id == it.object.id);
        if pods.next().is_none_or(machine) && !is_of_machine(cluster, service) {
            let finding =
                findings.on(service, entry.value.span, "in these files, no pods have all of these labels");
            findings.push(finding.help("write the labels that the pods carry"));
        }
    }
}

/// Whether entries for machines beyond the cluster stand behind a Service.
fn is_of_machine(cluster: &Cluster, service: &Object) -> bool {
    let selector = service.spec().pairs("selector");
    let mut entries = cluster.of(Sort::WorkloadEntry).chain(cluster.of(Sort::WorkloadGroup));
    entries.any(|it| {
        let labels = it.spec().get("labels").or_else(|| it.spec().at(&["metadata", "labels"]));
        let carries = |entry: &Entry| labels.and_then(|it| it.word(&entry.key)) == entry.value.text();
        it.namespace() == service.namespace() && selector.iter().all(carries)
    })
}
