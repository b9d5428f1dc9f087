//! A Gateway that a VirtualService is bound to opens one of its hosts.
//!
//! Source: `GatewayAnalyzer` of istioctl.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::gateway::known::is_special;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::gateway::gateway_hosts;
use crate::mesh::hosts::Hosts;
use crate::mesh::{Cluster, Object};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "MG3233",
    name: "host-of-no-gateway",
    severity: Severity::Warning,
    equivalents: &["IST0132"],
    why: "Requests for hosts that no server of the Gateway opens never reach the routes.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [other.example.com], gateways: [edge], http: [{ route: [{ destination: { host: web } }] }] } #~
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [edge], http: [{ route: [{ destination: { host: web } }] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut opened: BTreeMap<usize, Hosts<&str>> = BTreeMap::new();
    for virtual_service in cluster.of(Sort::VirtualService) {
        let namespace = virtual_service.namespace();
        for reference in virtual_service.spec().list("gateways") {
            let Some(name) = reference.text().filter(|it| !is_special(it)) else { continue };
            let Some(gateway) = cluster.gateway(name, namespace) else {
                // That it is missing is said elsewhere; istioctl says this, too.
                let mut finding = findings.on(virtual_service, reference.span, nothing(name));
                finding.severity = Severity::Info;
                findings.push(finding.help("name a Gateway that is there"));
                continue;
            };
            let hosts = opened.entry(gateway.id).or_insert_with(|| index(gateway));
            let mut wanted = virtual_service.spec().list("hosts").iter().filter_map(|it| it.text());
            let is_open =
                wanted.any(|it| hosts.overlapping(it).any(|(_, space)| *space == "*" || *space == namespace));
            if !is_open {
                let finding = findings.on(virtual_service, reference.span, nothing(name));
                let finding = finding.related(gateway.spec().spot("servers"), "its servers");
                findings.push(finding.help("add the host to a server of the Gateway, or mend `hosts`"));
            }
        }
    }
}

fn nothing(gateway: &str) -> String {
    format!("the Gateway `{gateway}` opens none of the hosts to this namespace")
}

fn index(gateway: &Object) -> Hosts<&str> {
    let mut hosts = Hosts::default();
    gateway_hosts(gateway).for_each(|(namespace, host)| hosts.insert(host, namespace));
    hosts
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_host_is_open_to_the_namespaces_before_its_slash() {
        let text = |host: &str| {
            format!("
{{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {{ name: g, namespace: a }}, spec: {{ servers: [{{ hosts: ['{host}'] }}] }} }}
---
{{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{ name: v, namespace: b }}, spec: {{ hosts: [x.y], gateways: [a/g] }} }}
")
        };
        let said = "the Gateway `a/g` opens none of the hosts to this namespace";
        for host in ["./x.y", "a/*", "*.x.y", "c/x.y"] {
            assert_says(&RULE, &text(host), &[said]);
        }
        for host in ["x.y", "*.y", "b/x.y", "*/*"] {
            assert_says(&RULE, &text(host), &[]);
        }
    }
}
