//! The percentages of outlier detection are between 0 and 100.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::OUTLIERS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3112",
    name: "share-over-hundred",
    severity: Severity::Error,
    equivalents: &["VAL-DR-06", "IST0106"],
    why: "Istio refuses other values.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { maxEjectionPercent: 150 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { maxEjectionPercent: 50 } } }
",
    run: Run::Values(OUTLIERS, run),
};

fn run(outlier: &Node, findings: &mut Findings<'_>) {
    for key in ["maxEjectionPercent", "minHealthPercent"] {
        if let Some(value) = outlier.whole(key).filter(|it| !(0..=100).contains(it)) {
            let finding =
                findings.at(outlier.spot(key), format!("`{key}` is {value}, not between 0 and 100"));
            findings.push(finding.help("write a percentage"));
        }
    }
}
