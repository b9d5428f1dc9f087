//! A caller lives in a namespace that there is.

use crate::diag::Severity;
use crate::diag::nearest;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::known;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4520",
    name: "absent-namespace",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA0101"],
    why: "A policy that names a namespace that does not exist lets in nobody from there, or keeps out nobody.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { namespaces: [wbe] } }] #~
",
    good: "
apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { namespaces: [web, \"w*\", \"*\"] } }]
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let names: Vec<&str> = cluster.of(Sort::Namespace).map(|it| it.name.as_str()).collect();
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        for source in walk::rules(policy).iter().flat_map(walk::sources) {
            for value in source.list("namespaces").iter().chain(source.list("notNamespaces")) {
                judge((cluster, &names), policy, value, findings);
            }
        }
    }
}

fn judge((cluster, names): (&Cluster, &[&str]), policy: &Object, value: &Node, findings: &mut Findings<'_>) {
    let Some(pattern) = value.text() else { return };
    let declared = cluster.externals.iter().filter_map(|it| it.namespace.as_deref());
    if pattern.is_empty() || names.iter().copied().chain(declared).any(|it| fits(pattern, it)) {
        return;
    }
    let message = format!("no namespace in these files is `{pattern}`");
    let finding = findings.on(policy, value.span, message).suggest(pattern, names.iter().copied());
    // Who else is in the cluster only a dump of it says; a misspelt name is one anyway.
    let is_decided = known::is_whole(cluster) || nearest(pattern, names.iter().copied()).is_some();
    findings.push(known::unless_elsewhere(finding, is_decided));
}

/// As Istio's analyzer compares: a `*` at one end, otherwise the name in any case.
fn fits(pattern: &str, name: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    if let Some(suffix) = pattern.strip_prefix('*') {
        return name.ends_with(suffix);
    }
    match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name.eq_ignore_ascii_case(pattern),
    }
}
