//! A VirtualService for a Service of another namespace names it in full.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_gateways;
use crate::lint::traffic::route::{Knowledge, knowledge};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3506",
    name: "partial-host",
    severity: Severity::Warning,
    equivalents: &["MG-02"],
    why: "Only a name without a dot is completed: the routes are for those clients alone that call the Service by exactly `reviews.shop`, and not for those that call it `reviews` or by its full name.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.shop] #~
  http:
  - route: [{ destination: { host: reviews } }]
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
  hosts: [reviews.shop.svc.cluster.local]
  http:
  - route: [{ destination: { host: reviews } }]
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
        // Behind a gateway any name may be one that clients use.
        if is_for_gateways(object) {
            continue;
        }
        for host in object.spec().list("hosts") {
            let Some(text) = host.text() else { continue };
            if let Knowledge::Partial(service) = knowledge(cluster, object, text) {
                let full = cluster.host_of(service);
                let message = format!("nobody completes `{text}` to `{full}`");
                let mut finding = findings.on(object, host.span, message).help(format!("write `{full}`"));
                finding.fix = Some(full.to_string());
                findings.push(finding);
            }
        }
    }
}
