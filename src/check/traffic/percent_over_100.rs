//! Percentages of pods end at 100.

use crate::check::walk::Seen;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2033",
    name: "percent-over-100",
    severity: Severity::Error,
    equivalents: &["VAL-DR-06"],
    why: "Istio refuses an outlier detection that puts aside, or wants healthy, more than all pods.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 150 } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for (id, service) in profile.services.iter() {
        let Some(breaker) = service.circuit_breaker.as_ref().filter(|it| seen.first(it)) else { continue };
        let Some(outlier) = &breaker.outlier_detection else { continue };
        let percents = [
            ("maxEjectionPercent", &outlier.max_ejection_percent),
            ("minHealthPercent", &outlier.min_health_percent),
        ];
        for (key, percent) in percents {
            if let Some(percent) = percent.filter(|it| it.value.0 > 100) {
                let finding = findings.at(percent.span, format!("`{key}` of `{id}` is {percent} percent"));
                findings.push(finding.help("100 are all pods"));
            }
        }
    }
}
