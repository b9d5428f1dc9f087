//! Requests move to another region only away from pods that were put aside.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::POLICIES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3123",
    name: "failover-without-outlier",
    severity: Severity::Warning,
    equivalents: &["VAL-DR-08", "IST0133"],
    why: "Without outlierDetection beside it the proxy never learns that the pods of a region fail: the failover never happens.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [{ from: eu, to: us }] } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [{ from: eu, to: us }] } }, outlierDetection: { consecutive5xxErrors: 5 } } }
",
    run: Run::Values(POLICIES, run),
};

fn run(policy: &Node, findings: &mut Findings<'_>) {
    if policy.has("outlierDetection") {
        return;
    }
    for key in ["localityLbSetting", "zoneAwareLbSetting"] {
        let Some(setting) = policy.at(&["loadBalancer", key]) else { continue };
        let wanted = ["failover", "failoverPriority"].into_iter().find(|it| !setting.list(it).is_empty());
        if let Some(wanted) = wanted {
            let finding = findings.at(setting.spot(wanted), format!("`{wanted}` without `outlierDetection`"));
            findings.push(finding.help("add `outlierDetection` to the same policy"));
        }
    }
}
