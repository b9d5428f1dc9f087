//! A host that is short for a Service is one of some Service.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::fqdn;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4523",
    name: "unknown-policy-host",
    severity: Severity::Error,
    equivalents: &["KIA0104"],
    why: "Envoy compares hosts with the header `Host`; a short name that belongs to no Service of the mesh is asked \
          for by nobody.",
    bad: "
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { hosts: [helo] } }] #~
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: hello, namespace: shop }
spec: { selector: { app: hello }, ports: [{ name: http, port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - to: [{ operation: { hosts: [hello, hello.shop, shop.example.com, \"*.org\"] } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = &cluster.config.cluster_domain;
    let mut routed: BTreeSet<Str> = BTreeSet::new();
    for virtual_service in cluster.of(Sort::VirtualService) {
        let hosts = virtual_service.spec().list("hosts").iter().filter_map(Node::text);
        routed.extend(hosts.map(|it| fqdn(it, virtual_service.namespace(), domain)));
    }
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        for operation in walk::rules(policy).iter().flat_map(walk::operations) {
            for host in operation.list("hosts") {
                judge((cluster, &routed), policy, host, findings);
            }
        }
    }
}

fn judge(
    (cluster, routed): (&Cluster, &BTreeSet<Str>),
    policy: &Object,
    value: &Node,
    findings: &mut Findings<'_>,
) {
    let Some(text) = value.text() else { return };
    let Some(host) = meant(text.trim(), policy, cluster) else { return };
    let written = || text.trim() != host && routed.contains(text.trim());
    if cluster.knows_host(&host, policy.namespace()) || routed.contains(&host) || written() {
        return;
    }
    let message = format!("no Service, ServiceEntry or VirtualService has the host `{text}`");
    let mut finding = findings.on(policy, value.span, message);
    // A proxy that lets calls to anywhere out may well be asked for it.
    if cluster.config.lets_unknown_hosts_out() {
        finding.severity = Severity::Warning;
    }
    if cluster.of(Sort::Service).all(|it| it.namespace() != policy.namespace()) {
        finding.severity = Severity::Info;
    }
    findings.push(finding.help("write the host as clients do"));
}

/// The full name of a host that is short for a Service; of others nobody can say who asks for them.
fn meant(host: &str, policy: &Object, cluster: &Cluster) -> Option<Str> {
    let domain = &cluster.config.cluster_domain;
    if host.is_empty() || host.starts_with('*') || host.ends_with('*') {
        return None;
    }
    match host.split_once('.') {
        None => Some(fqdn(host, policy.namespace(), domain)),
        Some((_, rest)) if rest.contains('.') => None,
        Some((name, namespace)) => {
            let is_known = namespace == policy.namespace() || cluster.namespace(namespace).is_some();
            is_known.then(|| fqdn(name, namespace, domain))
        }
    }
}
