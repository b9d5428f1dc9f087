//! A waypoint reads what a DestinationRule says of requests.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::security::ambient_hosts::{self, Finding};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG4553",
    name: "destination-without-waypoint",
    severity: Severity::Warning,
    equivalents: &["KIA0211", "MG-42"],
    why: "In the ambient mesh the waypoint of the called Service reads the DestinationRule; a Service that is \
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
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello.shop.svc.cluster.local, trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } } } #~
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
kind: DestinationRule
metadata: { name: hello, namespace: shop }
spec: { host: hello.shop.svc.cluster.local, trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::DestinationRule) {
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
