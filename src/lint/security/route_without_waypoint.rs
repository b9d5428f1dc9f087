//! A waypoint reads what a VirtualService says of requests.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient_hosts::{self, Finding};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4550",
    name: "route-without-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA1113", "MG-42"],
    why: "In the ambient mesh the waypoint of the called Service reads the VirtualService; a Service that is \
          enrolled with none has its requests sent past it.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
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
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
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
            let Finding::NotEnrolled(span, service) = found else { continue };
            let message = format!("the Service `{}` is enrolled with no waypoint", service.name);
            findings.push(
                findings
                    .on(object, span, message)
                    .help("give the Service or its namespace the label `istio.io/use-waypoint`"),
            );
        }
    }
}
