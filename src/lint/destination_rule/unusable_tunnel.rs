//! A tunnel leads to a host by CONNECT or POST.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::TRAFFIC_POLICIES;
use crate::lint::words;
use crate::lint::words::address::ip;
use crate::lint::words::host::fqdn;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3105",
    name: "unusable-tunnel",
    severity: Severity::Error,
    equivalents: &["VAL-DR-03", "IST0106"],
    why: "Istio refuses any other method, and a target that is neither a host name nor an address.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tunnel: { protocol: GET, targetHost: db.example.com, targetPort: 443 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tunnel: { protocol: CONNECT, targetHost: db.example.com, targetPort: 443 } } }
",
    run: Run::Values(TRAFFIC_POLICIES, run),
};

fn run(policy: &Node, findings: &mut Findings<'_>) {
    let Some(tunnel) = policy.get("tunnel") else { return };
    if let Some(method) = tunnel.said("protocol").filter(|it| !["CONNECT", "POST"].contains(&it.as_str())) {
        let finding = findings.at(tunnel.spot("protocol"), format!("a tunnel is not opened by `{method}`"));
        findings.push(finding.help("write `CONNECT` or `POST`"));
    }
    if let Some(Err(reason)) = tunnel.whole("targetPort").map(words::port) {
        let finding =
            findings.at(tunnel.spot("targetPort"), format!("the tunnel leads to no port: {reason}"));
        findings.push(finding.help("write the port of the target"));
    }
    let Some(host) = tunnel.word("targetHost") else { return };
    if let Err(reason) = fqdn(host).or_else(|reason| ip(host).map_err(|_| reason)) {
        let message = format!("`{host}` is neither a host name nor an address: {reason}");
        findings.push(findings.at(tunnel.spot("targetHost"), message).help("write the full name of a host"));
    }
}
