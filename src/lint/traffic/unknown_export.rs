//! `exportTo` names namespaces that exist.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::destination::namespaces;

pub static RULE: Rule = Rule {
    code: "MG3526",
    name: "unknown-export-namespace",
    severity: Severity::Warning,
    equivalents: &["KIA0005"],
    why: "What is exported to a namespace that does not exist is seen by nobody.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  exportTo: [bank] #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  exportTo: [shop]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    // Who makes no namespaces leaves them to others.
    if cluster.of(Sort::Namespace).next().is_none() {
        return;
    }
    let known = namespaces(cluster);
    for object in cluster.of(Sort::VirtualService).chain(cluster.of(Sort::DestinationRule)) {
        for node in object.spec().list("exportTo") {
            let Some(text) =
                node.text().filter(|it| *it != "." && *it != "*" && !known.contains(it.as_str()))
            else {
                continue;
            };
            let finding = findings.on(object, node.span, format!("there is no namespace `{text}`"));
            findings.push(finding.suggest(text, known.iter().copied()));
        }
    }
}
