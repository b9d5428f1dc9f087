//! Where requests go when a region fails is said in one way.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::LOAD_BALANCERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3119",
    name: "contradictory-failover",
    severity: Severity::Error,
    equivalents: &["VAL-DR-08", "IST0106"],
    why: "Istio refuses `failover` beside `distribute`, which already says a place for every request, and beside regions or zones in `failoverPriority`, which order the same places.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: eu, to: { eu: 100 } }], failover: [{ from: eu, to: us }] } }, outlierDetection: { consecutive5xxErrors: 5 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [{ from: eu, to: us }] } }, outlierDetection: { consecutive5xxErrors: 5 } } }
",
    run: Run::Values(LOAD_BALANCERS, run),
};

fn run(balancer: &Node, findings: &mut Findings<'_>) {
    if let Some(zones) = balancer.get("zoneAwareLbSetting") {
        for label in topology(zones) {
            let message =
                format!("`{}` is in `failoverPriority`, but zones are balanced anyway", words(label));
            findings.push(findings.at(label.span, message).help("take it out"));
        }
    }
    let Some(locality) = balancer.get("localityLbSetting") else { return };
    let failover = locality.list("failover");
    if failover.is_empty() {
        return;
    }
    if !locality.list("distribute").is_empty() {
        let finding =
            findings.at(locality.spot("failover"), "`failover` and `distribute` exclude each other");
        let finding = finding.related(locality.spot("distribute"), "the other");
        findings.push(finding.help("keep one of them"));
    } else if let Some(label) = topology(locality).next() {
        let message = format!("`{}` in `failoverPriority` contradicts `failover`", words(label));
        let finding = findings.at(label.span, message).related(locality.spot("failover"), "the failover");
        findings.push(finding.help("keep one of them"));
    }
}

/// The labels of places among the priorities.
fn topology(setting: &Node) -> impl Iterator<Item = &Node> {
    let is_place = |it: &&Node| {
        ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"]
            .contains(&words(it))
    };
    setting.list("failoverPriority").iter().filter(is_place)
}

fn words(node: &Node) -> &str {
    node.text().map_or("", |it| it.as_str())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn regions_have_no_place_in_the_priorities_beside_a_failover() {
        let text = "{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: a }, spec: { host: a, trafficPolicy: { loadBalancer: { \
                    localityLbSetting: { failover: [{ from: a, to: b }], failoverPriority: [version, topology.kubernetes.io/region] } } } } }";
        let said = "`topology.kubernetes.io/region` in `failoverPriority` contradicts `failover`";
        assert_says(&RULE, text, &[said]);
    }
}
