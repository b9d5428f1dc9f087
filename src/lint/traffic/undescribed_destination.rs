//! What a route leads to can be checked only where the manifests describe it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::{Knowledge, destinations, knowledge};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3504",
    name: "undescribed-destination",
    severity: Severity::Info,
    equivalents: &[],
    why: "The files hold neither Services of that namespace nor ServiceEntries, so the host may live elsewhere: `--external` says so. If it does not, requests are answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews.bank.svc.cluster.local } }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews.bank.svc.cluster.local } }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: bank }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object) {
            if matches!(knowledge(cluster, object, it.host), Knowledge::Undescribed) {
                let message = format!("in these files, nothing declares `{}`", it.host);
                let finding = findings.on(object, it.span, message);
                findings.push(finding.help("lint it together with what declares it, or say `--external`"));
            }
        }
    }
}
