//! Failures of the local side are counted apart only where they are split off.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::OUTLIERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3111",
    name: "unsplit-local-failures",
    severity: Severity::Error,
    equivalents: &["VAL-DR-06", "IST0106"],
    why: "Istio refuses `consecutiveLocalOriginFailures` without `splitExternalLocalOriginErrors: true`: the proxy would never look at it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 3 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 3 } } }
",
    run: Run::Values(OUTLIERS, run),
};

fn run(outlier: &Node, findings: &mut Findings<'_>) {
    let counted = outlier.whole("consecutiveLocalOriginFailures").is_some_and(|it| it > 0);
    if counted && outlier.flag("splitExternalLocalOriginErrors") != Some(true) {
        let span = outlier.spot("consecutiveLocalOriginFailures");
        let finding = findings.at(span, "failures of the local side are counted, but not split off");
        findings.push(finding.help("add `splitExternalLocalOriginErrors: true`"));
    }
}
