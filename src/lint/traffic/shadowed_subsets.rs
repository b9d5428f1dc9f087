//! A wildcard rule of the clients' namespace hides the rules of the Service's own.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::binding::is_for_mesh;
use crate::lint::traffic::route::destinations;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::host::{covers, fqdn, is_wildcard};
use crate::mesh::hosts::Hosts;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3534",
    name: "shadowed-subsets",
    severity: Severity::Warning,
    equivalents: &["MG-14"],
    why: "Istio looks for a rule in the client's namespace first and stops at the first that fits, wildcards included: subsets that only the Service's namespace defines do not exist for these clients, and requests to them are answered with 503.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.shop.svc.cluster.local]
  http:
  - route: [{ destination: { host: reviews.shop.svc.cluster.local, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: web }
spec:
  host: "*.local" #~
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.shop.svc.cluster.local]
  http:
  - route: [{ destination: { host: reviews.shop.svc.cluster.local, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: web }
spec:
  host: "*.example.com"
  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }
"#,
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = &cluster.config.cluster_domain;
    let mut routed: Hosts<(&str, &Object)> = Hosts::default();
    for object in cluster.of(Sort::VirtualService).filter(|it| is_for_mesh(it)) {
        for it in destinations(object) {
            if let Some(subset) = it.subset().and_then(Node::text) {
                routed.insert(&fqdn(it.host, object.namespace(), domain), (subset.as_str(), object));
            }
        }
    }
    // The namespaces that define subsets of a host, and rules for exactly it.
    let mut defining: BTreeMap<(Str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut exact: BTreeSet<(&str, Str)> = BTreeSet::new();
    for rule in cluster.of(Sort::DestinationRule) {
        let Some(host) = rule.spec().word("host").map(|it| fqdn(it, rule.namespace(), domain)) else {
            continue;
        };
        for name in rule.spec().list("subsets").iter().filter_map(|it| it.word("name")) {
            defining.entry((host.clone(), name.as_str())).or_default().insert(rule.namespace());
        }
        exact.insert((rule.namespace(), host));
    }
    for rule in
        cluster.of(Sort::DestinationRule).filter(|it| it.namespace() != cluster.config.root_namespace())
    {
        let Some(host) = rule.spec().get("host") else { continue };
        let Some(text) = host.text().filter(|it| is_wildcard(it)) else { continue };
        let own = rule.namespace();
        let defines = |name: &str| {
            rule.spec().list("subsets").iter().any(|it| it.word("name").is_some_and(|it| it == name))
        };
        let hidden = routed.overlapping(text).take(MOST).find(|(host, (subset, object))| {
            let of_others = defining.get(&(Str::from(*host), *subset)).is_some_and(|it| !it.contains(own));
            let sees = cluster.is_visible(object, own);
            sees && of_others
                && covers(text, host)
                && !defines(subset)
                && !exact.contains(&(own, Str::from(*host)))
        });
        if let Some((of, (subset, object))) = hidden {
            let message = format!("for clients in `{own}`, this rule hides the subset `{subset}` of `{of}`");
            let finding = findings.on(rule, host.span, message).related(object.span(), "routes to it");
            findings.push(finding.help(
                "put a rule with the subsets into this namespace, or move this one to the root namespace",
            ));
        }
    }
}

/// How many of the hosts that a wildcard covers are looked at.
const MOST: usize = 100;
