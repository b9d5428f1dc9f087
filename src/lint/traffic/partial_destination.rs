//! A host in another namespace is named in full.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, destinations, knowledge};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3505",
    name: "partial-destination",
    severity: Severity::Error,
    equivalents: &["MG-02", "IST0101"],
    why: "Only a name without a dot is completed. `reviews.shop` stays as it is, no cluster has that name, and requests are answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews.shop } }] #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews.shop.svc.cluster.local } }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object) {
            if let Knowledge::Partial(service) = knowledge(cluster, object, it.host) {
                let full = cluster.host_of(service);
                let message = format!("nobody completes `{}` to `{full}`", it.host);
                let mut finding = findings.on(object, it.span, message).help(format!("write `{full}`"));
                finding.fix = Some(full.to_string());
                findings.push(finding);
            }
        }
    }
}
