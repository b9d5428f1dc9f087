//! TLS is ended on a port of HTTPS or TLS only.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3209",
    name: "tls-on-plain-port",
    severity: Severity::Error,
    equivalents: &["VAL-GW-04", "VAL-SC-02", "IST0106"],
    why: "Istio refuses certificates on any other port. On a port of HTTP a `tls` block may redirect to HTTPS, and no more.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com], tls: { httpsRedirect: true } }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[]"), (Sort::Sidecar, "spec.ingress[]")], run),
};

fn run(server: &Node, findings: &mut Findings<'_>) {
    let (Some(port), Some(tls)) = (server.get("port"), server.entry("tls")) else { return };
    let protocol = port.word("protocol").map_or("", |it| it.as_str());
    // What is no server of a Gateway has no redirect to write either.
    let is_redirect = server.has("hosts") && protocol::is_http(protocol) && is_bare(&tls.value);
    let is_unknown = server.has("hosts") && !protocol::is_known(protocol);
    if protocol::is_tls(protocol) || is_redirect || is_unknown {
        return;
    }
    let said = if protocol.is_empty() { "without a protocol" } else { protocol };
    let finding = findings.at(tls.key.span, format!("TLS cannot be ended on a port {}", of(said)));
    let help = if protocol::is_http(protocol) {
        "make the protocol HTTPS, or leave only `httpsRedirect: true`"
    } else {
        "make the protocol TLS or HTTPS, or take `tls` away"
    };
    findings.push(finding.related(port.spot("protocol"), "the protocol").help(help));
}

fn of(said: &str) -> String {
    if said.contains(' ') { said.to_owned() } else { format!("of {said}") }
}

/// Whether a block ends no connection: what a redirect is written in.
fn is_bare(tls: &Node) -> bool {
    let passes = tls.said("mode").is_none_or(|it| it == "PASSTHROUGH" || it == "AUTO_PASSTHROUGH");
    passes && ["caCertificates", "privateKey", "serverCertificate"].iter().all(|it| tls.said(it).is_none())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_sidecar_redirects_nobody() {
        let text = "{ apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: a }, spec: { ingress: [\
                    { port: { number: 80, protocol: HTTP }, tls: { httpsRedirect: true } }, { port: { number: 81 }, tls: {} }] } }";
        let said =
            ["TLS cannot be ended on a port of HTTP", "TLS cannot be ended on a port without a protocol"];
        assert_says(&RULE, text, &said);
    }
}
