//! A route leads to a host that the mesh knows.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, destinations, knowledge, short_names};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3502",
    name: "unknown-destination",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA1101"],
    why: "Envoy has no cluster of a name that neither a Service nor a ServiceEntry declares: requests are answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: ratings } }] #~
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
        for it in destinations(object).into_iter().filter(|it| !it.mirrors) {
            if !matches!(knowledge(cluster, object, it.host), Knowledge::Unknown) {
                continue;
            }
            let message = format!("no Service or ServiceEntry declares `{}`", it.host);
            let finding = findings.on(object, it.span, message);
            let finding = finding.help("name one that does, or declare the host by a ServiceEntry");
            if it.host.contains('.') {
                findings.push(finding);
            } else {
                findings.push(finding.suggest(it.host, short_names(cluster, object.namespace())));
            }
        }
    }
}
