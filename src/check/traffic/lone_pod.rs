//! Who puts bad pods aside has another pod.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2024",
    name: "lone-pod-put-aside",
    severity: Severity::Warning,
    equivalents: &["MG-35"],
    why: "Outlier detection puts a pod aside after errors. Where it is the only one, either nothing happens or nobody \
          answers.",
    bad: "
services:
  hello:
    versions: { v1: { replicas: 1 } }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } } #~
",
    good: "
services:
  hello:
    versions: { v1: { replicas: 2 } }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        let Some(outlier) = service.circuit_breaker.as_ref().and_then(|it| it.outlier_detection.as_ref())
        else {
            continue;
        };
        let pods: u64 = service.versions.values().map(|it| u64::from(it.replicas.value)).sum();
        if pods > 1 || service.versions.is_empty() {
            continue;
        }
        let count = outlier.consecutive5xx_errors.as_ref().or(outlier.consecutive_gateway_errors.as_ref());
        let message = format!("`{id}` puts bad pods aside, and has {pods} in all");
        let finding = findings.at(count.map_or(id.span, |it| it.span), message);
        findings.push(finding.help("raise `replicas`, or take `outlierDetection` away"));
    }
}
