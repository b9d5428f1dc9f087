//! A connection is tunnelled or announced by the PROXY protocol, not both.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::TRAFFIC_POLICIES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3104",
    name: "tunnel-in-proxy-protocol",
    severity: Severity::Error,
    equivalents: &["VAL-DR-03", "IST0106"],
    why: "Istio refuses a policy with both: each wants to say the first bytes of the connection.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tunnel: { targetHost: db.example.com, targetPort: 443 }, proxyProtocol: { version: V1 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { tunnel: { targetHost: db.example.com, targetPort: 443 } } }
",
    run: Run::Values(TRAFFIC_POLICIES, run),
};

fn run(policy: &Node, findings: &mut Findings<'_>) {
    let (Some(tunnel), Some(announced)) = (policy.entry("tunnel"), policy.entry("proxyProtocol")) else {
        return;
    };
    let finding = findings.at(announced.key.span, "`tunnel` and `proxyProtocol` exclude each other");
    findings.push(finding.related(tunnel.key.span, "the other").help("keep one of them"));
}
