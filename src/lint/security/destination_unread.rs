//! A DestinationRule about requests in the ambient mesh is read by somebody.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient_hosts::{self, Finding};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4555",
    name: "destination-unread",
    severity: Severity::Warning,
    equivalents: &["KIA0210", "MG-42"],
    why: "In a namespace of the ambient mesh without waypoint nobody reads what a DestinationRule says of requests.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello.shop.svc.cluster.local, trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } } } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello.shop.svc.cluster.local, trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::DestinationRule) {
        for found in ambient_hosts::judge(object, cluster) {
            let Finding::Unresolved(span) = found else { continue };
            let message = format!("`{}` is about requests, and its namespace has no waypoint", object.name);
            findings.push(
                findings
                    .on(object, span, message)
                    .help("give the namespace the label `istio.io/use-waypoint`"),
            );
        }
    }
}
