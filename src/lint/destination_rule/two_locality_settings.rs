//! Requests spread over zones by one setting.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::LOAD_BALANCERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3117",
    name: "two-locality-settings",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "IST0106"],
    why: "Istio refuses `localityLbSetting` beside `zoneAwareLbSetting`: each decides alone how requests spread over zones.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { enabled: true }, zoneAwareLbSetting: { enabled: true } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { zoneAwareLbSetting: { enabled: true } } } }
",
    run: Run::Values(LOAD_BALANCERS, run),
};

fn run(balancer: &Node, findings: &mut Findings<'_>) {
    let (Some(locality), Some(zones)) =
        (balancer.entry("localityLbSetting"), balancer.entry("zoneAwareLbSetting"))
    else {
        return;
    };
    let finding =
        findings.at(zones.key.span, "`localityLbSetting` and `zoneAwareLbSetting` exclude each other");
    findings.push(finding.related(locality.key.span, "the other").help("keep one of them"));
}
