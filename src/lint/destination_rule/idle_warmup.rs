//! The aggression of a warmup is greater than 0.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::LOAD_BALANCERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3118",
    name: "idle-warmup",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "IST0106"],
    why: "Istio refuses an aggression of 0: a new pod would get its full share at the very end of the warmup only.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmup: { duration: 30s, aggression: 0 } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmup: { duration: 30s, aggression: 1 } } } }
",
    run: Run::Values(LOAD_BALANCERS, run),
};

fn run(balancer: &Node, findings: &mut Findings<'_>) {
    let Some(aggression) = balancer.at(&["warmup", "aggression"]) else { return };
    let value: Option<f64> = aggression.text().and_then(|it| it.parse().ok());
    if value.is_some_and(|it| it <= 0.0) {
        let finding = findings.at(aggression.span, "the aggression of the warmup is not greater than 0");
        findings.push(finding.help("1 lets the share grow evenly"));
    }
}
