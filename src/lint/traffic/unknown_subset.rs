//! A route may only name a subset that some DestinationRule defines.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::traffic::route::destinations;
use crate::lint::traffic::subsets::Subsets;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG3501",
    name: "unknown-subset",
    severity: Severity::Error,
    equivalents: &["IST0101", "KIA1107"],
    why: "Envoy builds one cluster a subset; without it every request that the route takes is answered with 503.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, subset: v9 } }] #~
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

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let subsets = Subsets::of(cluster);
    let any_rule = cluster.of(Sort::DestinationRule).next().is_some();
    for object in cluster.of(Sort::VirtualService) {
        for it in destinations(object).into_iter().filter(|it| !it.mirrors) {
            let Some((node, name)) = it.subset().and_then(|it| Some((it, it.text()?))) else { continue };
            if subsets.defines(object, it.host, name) || subsets.covers(object, it.host, name) {
                continue;
            }
            let described = any_rule || cluster.describes(it.host, object.namespace());
            let message = if described {
                format!("no DestinationRule gives `{}` a subset named `{name}`", it.host)
            } else {
                format!("in these files, no DestinationRule gives `{}` a subset named `{name}`", it.host)
            };
            let finding = findings.on(object, node.span, message);
            let mut finding =
                finding.help("define it under `subsets`").suggest(name, subsets.names(object, it.host));
            if !described {
                finding.severity = Severity::Info;
            }
            findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_silent;

    #[test]
    fn a_route_to_the_whole_service_needs_no_subset() {
        let text = "
{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: a }, spec: { hosts: [a], http: [{ route: [{ destination: { host: a } }] }] } }
";
        assert_silent(&RULE, text);
    }
}
