//! A redirect to HTTPS is for servers of HTTP.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::protocol;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3218",
    name: "redirect-of-bytes",
    severity: Severity::Warning,
    equivalents: &["VAL-GW-07", "IST0133"],
    why: "`httpsRedirect` does nothing on any other port: a client of HTTPS is where it should be, and bytes cannot be redirected.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c, httpsRedirect: true } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: c } }] }
",
    run: Run::Values(&[(Sort::Gateway, "spec.servers[]")], run),
};

fn run(server: &Node, findings: &mut Findings<'_>) {
    let (Some(port), Some(tls)) = (server.get("port").filter(|it| !it.is_null()), server.get("tls")) else {
        return;
    };
    let protocol = port.word("protocol").map_or("", |it| it.as_str());
    if tls.flag("httpsRedirect") == Some(true) && !protocol::is_http(protocol) {
        let finding = findings.at(tls.spot("httpsRedirect"), format!("a redirect on a port of {protocol}"));
        findings.push(finding.help("move it to the server of port 80"));
    }
}
