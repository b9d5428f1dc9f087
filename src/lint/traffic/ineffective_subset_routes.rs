//! What a VirtualService of the mesh routes to subsets, a gateway does not.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3522",
    name: "subset-routes-of-mesh-only",
    severity: Severity::Warning,
    equivalents: &["IST0140"],
    why: "A gateway uses the VirtualServices bound to it and no others: a route from the gateway to the whole service reaches every version, whatever the service's own VirtualService says.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews } }] #~
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [public]
  http:
  - route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
",
    run: Run::All(run),
};

/// How many others are told of one destination: who has more knows by then.
const MOST: usize = 20;

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let routing = routing(cluster);
    for object in cluster.of(Sort::VirtualService) {
        if object.spec().list("gateways").is_empty() {
            continue;
        }
        object.spec().each_at("http[].route[].destination", &mut |destination| {
            let Some(host) = destination.get("host").filter(|_| set(destination, "subset").is_none()) else {
                return;
            };
            let others = host.text().and_then(|it| routing.get(it.as_str()));
            for other in others.into_iter().flatten().take(MOST) {
                let other = cluster.object(*other);
                let message = format!("the subsets that `{}` routes to do not count here", other.name);
                let finding =
                    findings.on(object, host.span, message).related(other.span(), "routes to subsets");
                findings.push(finding.help("name the subset here, too"));
            }
        });
    }
}

/// The `VirtualService`s that route their own host to subsets, by that host.
fn routing(cluster: &Cluster) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for object in cluster.of(Sort::VirtualService) {
        let hosts: BTreeSet<&str> =
            object.spec().list("hosts").iter().filter_map(|it| it.text()).map(Str::as_str).collect();
        object.spec().each_at("http[].route[].destination", &mut |destination| {
            let host = set(destination, "host").filter(|it| hosts.contains(it.as_str()));
            if let Some(host) = host.filter(|_| set(destination, "subset").is_some()) {
                found.entry(host).or_default().insert(object.id);
            }
        });
    }
    found
}

fn set<'n>(node: &'n Node, key: &str) -> Option<&'n Str> {
    node.word(key).filter(|it| !it.is_empty())
}
