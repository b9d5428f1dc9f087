//! A waypoint reads the VirtualServices of its own namespace.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient_hosts::{self, Finding};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4551",
    name: "route-beside-its-service",
    severity: Severity::Warning,
    equivalents: &["KIA1114", "MG-42"],
    why: "In the ambient mesh the called side reads the VirtualService; one that stands in another namespace than \
          the Service has no effect.",
    bad: "
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
metadata: { name: hello, namespace: web }
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
            let Finding::Elsewhere(span, service) = found else { continue };
            let message = format!(
                "the Service `{}` is in `{}`, and its waypoint looks there only",
                service.name,
                service.namespace()
            );
            findings
                .push(findings.on(object, span, message).help("put it into the namespace of the Service"));
        }
    }
}
