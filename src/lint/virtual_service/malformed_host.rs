//! The hosts of a VirtualService are names of hosts, or addresses.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::hosts::judged_hosts;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3004",
    name: "malformed-host",
    severity: Severity::Error,
    equivalents: &["VAL-VS-03", "IST0106"],
    why: "Istio refuses what no client could ask for: labels of DNS, a `*` only at the beginning of the first.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [re_views.example.com] #~
  http:
  - route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews.example.com]
  http:
  - route: [{ destination: { host: reviews } }]
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for (host, verdict) in judged_hosts(object) {
        if let (Some(text), Err(reason)) = (host.text(), verdict) {
            let message = format!("`{text}` is no name of a host: {reason}");
            findings.push(
                findings.at(host.span, message).help("write a name of DNS, perhaps with `*.` before it"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn a_name_between_networks_is_for_gateways_that_look_at_it() {
        let text = |gateways: &str| {
            format!(
                "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{ name: a, namespace: b }}
spec:
  hosts: [outbound_.80_._.reviews.shop.svc.cluster.local]
  gateways: [{gateways}]
  tls: [{{ match: [{{ sniHosts: [a.b] }}], route: [{{ destination: {{ host: a.b }} }}] }}]
"
            )
        };
        assert_silent(&RULE, &text("b/c"));
        let host = "outbound_.80_._.reviews.shop.svc.cluster.local";
        let said = format!("`{host}` is no name of a host: its label `outbound_` is none of DNS");
        assert_says(&RULE, &text("b/c, mesh"), &[&said]);
    }
}
