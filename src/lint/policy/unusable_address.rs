//! Addresses in a policy are addresses of IP, or networks.

use crate::diag::Severity;
use crate::kube::Sort::AuthorizationPolicy;
use crate::lint::policy::condition::block;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4015",
    name: "unusable-address",
    severity: Severity::Error,
    equivalents: &["VAL-AP-04", "IST0106"],
    why: "Envoy compares the bits of addresses; Istio refuses what has none, a name of a host above all.",
    bad: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source:
        ipBlocks: [10.0.0.0/8, 10.0.0/8] #~
        notRemoteIpBlocks: [example.com] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from:
    - source:
        ipBlocks: [10.0.0.0/8, \"2001:db8::1\"]
        notRemoteIpBlocks: [10.1.2.3]
",
    run: Run::Values(
        &[
            (AuthorizationPolicy, "spec.rules[].from[].source.ipBlocks[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notIpBlocks[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.remoteIpBlocks[]"),
            (AuthorizationPolicy, "spec.rules[].from[].source.notRemoteIpBlocks[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    if let Err(reason) = block(text) {
        let message = format!("`{text}` is neither an address nor a network: {reason}");
        findings.push(findings.at(value.span, message).help("write `10.0.0.1` or `10.0.0.0/8`"));
    }
}
