//! A route may only name a subset that some DestinationRule defines.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::host::fqdn;

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
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v9 } }] }] } #~
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1 }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let domain = &cluster.config.cluster_domain;
    for virtual_service in cluster.of(Sort::VirtualService) {
        let namespace = virtual_service.namespace();
        virtual_service.node.each_at("spec.http[].route[].destination", &mut |destination| {
            let (Some(host), Some(subset)) = (destination.word("host"), destination.get("subset")) else {
                return;
            };
            let host = fqdn(host, namespace, domain);
            let mut known: Vec<&str> = Vec::new();
            for rule in cluster.of(Sort::DestinationRule) {
                let own = rule.spec().word("host").map(|it| fqdn(it, rule.namespace(), domain));
                if own.is_some_and(|it| it == host) {
                    known.extend(
                        rule.spec()
                            .list("subsets")
                            .iter()
                            .filter_map(|it| it.word("name"))
                            .map(crate::source::Str::as_str),
                    );
                }
            }
            let Some(name) = subset.text().filter(|it| !known.contains(&it.as_str())) else { return };
            let message = format!("no DestinationRule gives `{host}` a subset named `{name}`");
            findings.push(findings.on(virtual_service, subset.span, message).suggest(name, known));
        });
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
