//! After `*/*` a server names no host of all namespaces or of its own.
//!
//! Source: `sanitizeServerHostNamespace` in `pilot/pkg/model/gateway.go` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3245",
    name: "star-before-host",
    severity: Severity::Warning,
    equivalents: &["MG-45"],
    why: "When it reads `*/*`, istiod shortens the list of hosts to one and goes on writing at the old places: such a list takes the process down. The other hosts say nothing anyway.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [\"*/*\", ./shop.example.com] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [\"*/*\"] }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[].hosts")], run),
};

fn run(hosts: &Node, findings: &mut Findings<'_>) {
    let text = |it: &Node| it.text().cloned().unwrap_or_default();
    let after = hosts.items().iter().skip_while(|it| text(it) != "*/*").skip(1);
    let is_written = |it: &&Node| {
        let text = text(it);
        text.split_once('/').is_some_and(|(space, host)| space == "." || (space == "*" && host != "*"))
    };
    if let Some(host) = after.into_iter().find(is_written) {
        let finding = findings.at(host.span, "`*/*` stands before this host");
        findings.push(finding.help("keep `*/*` alone"));
    }
}
