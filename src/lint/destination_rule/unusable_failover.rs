//! A failover leads from one region to another.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::LOAD_BALANCERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3122",
    name: "unusable-failover",
    severity: Severity::Error,
    equivalents: &["VAL-DR-08", "IST0106"],
    why: "Istio refuses a failover from a region to itself, of zones, and of wildcards: within a region the proxy moves on by itself.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [{ from: eu/a, to: eu/b }] } }, outlierDetection: { consecutive5xxErrors: 5 } } } #~
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
    for key in ["localityLbSetting", "zoneAwareLbSetting"] {
        let Some(setting) = balancer.get(key) else { continue };
        // Beside a distribution, Istio says that and no more.
        if setting.list("distribute").is_empty() {
            setting.list("failover").iter().for_each(|it| judge(it, findings));
        }
    }
}

fn judge(failover: &Node, findings: &mut Findings<'_>) {
    let end = |key: &str| failover.word(key).map_or("", |it| it.as_str());
    let (from, to) = (end("from"), end("to"));
    if from == to && !failover.is_null() {
        let message = format!("the failover leads from `{from}` to itself");
        findings.push(findings.at(failover.spot("to"), message).help("name another region in `to`"));
    }
    for (key, region) in [("from", from), ("to", to)] {
        if region.contains(['/', '*']) {
            let message = format!("`{region}` is not the name of one region");
            findings
                .push(findings.at(failover.spot(key), message).help("write a region, without zone or `*`"));
        }
    }
}
