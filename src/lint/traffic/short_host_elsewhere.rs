//! A short name is one of the own namespace.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::fqdn;

pub static RULE: Rule = Rule {
    code: "MG3530",
    name: "short-host-elsewhere",
    severity: Severity::Warning,
    equivalents: &["MG-03"],
    why: "A name without a dot is completed with the namespace of the VirtualService, not with that of its clients or of the Service: the routes are for a host that nobody calls.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: web }
spec:
  hosts: [reviews] #~
  http:
  - redirect: { uri: /new }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: web }
spec:
  hosts: [reviews.shop.svc.cluster.local]
  http:
  - redirect: { uri: /new }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut services: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
    for service in cluster.of(Sort::Service) {
        services.entry(service.name.as_str()).or_default().push(service);
    }
    for object in cluster.of(Sort::VirtualService) {
        for host in object.spec().list("hosts") {
            let Some(named) = host.text().and_then(|it| services.get(it.as_str())) else { continue };
            let own = object.namespace();
            let (Some(text), false) = (host.text(), named.iter().any(|it| it.namespace() == own)) else {
                continue;
            };
            let full = fqdn(text, own, &cluster.config.cluster_domain);
            if cluster.knows_host(&full, own) {
                continue;
            }
            let message =
                format!("`{text}` is `{full}` here, and the Service is in `{}`", named[0].namespace());
            let meant = cluster.host_of(named[0]);
            let finding = findings.on(object, host.span, message).related(named[0].span(), "the Service");
            findings.push(finding.help(format!("write `{meant}`")));
        }
    }
}
