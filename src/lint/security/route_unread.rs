//! A VirtualService about requests in the ambient mesh is read by somebody.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient_hosts::{self, Finding};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4552",
    name: "route-unread",
    severity: Severity::Warning,
    equivalents: &["KIA1109", "MG-42"],
    why: "In a namespace of the ambient mesh without waypoint nobody reads what a VirtualService says of requests.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: hello, namespace: shop }
spec: { hosts: [hello.shop.svc.cluster.local], http: [{ route: [{ destination: { host: hello.shop.svc.cluster.local } }] }] } #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: hello, namespace: shop }
spec: { hosts: [hello.shop.svc.cluster.local], http: [{ route: [{ destination: { host: hello.shop.svc.cluster.local } }] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
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
