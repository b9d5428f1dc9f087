//! A promise can be broken, and its alerts can fire.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::observability::Slo;
use crate::rule::{Findings, Rule};
use crate::units::Percent;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2303",
    name: "unwatchable-promise",
    severity: Severity::Error,
    equivalents: &[],
    why: "What a promise leaves to errors is a budget. 100 % leaves none, so that a single error would wake somebody. \
          The fastest pace that is watched spends 14.4 budgets at a time: where that is more than all requests, nothing \
          can ever exceed it. The buckets of Istio's latencies end at an hour.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  slo: { availability: 100 } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  slo: { availability: 99.95, p99: 500ms }
",
    run,
};

/// Below this 14.4 budgets are more than all requests.
const LEAST: u32 = 930_556;

/// Where the last bucket ends, in milliseconds.
const MOST: u64 = 3_600_000;

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(Slo { availability, p99 }) = profile.observability.as_ref().and_then(|it| it.slo.as_ref())
    else {
        return;
    };
    let (promise, span) = (availability.value, availability.span);
    if promise == Percent::ALL {
        let finding = findings.at(span, "a promise of 100 % leaves no budget for errors");
        findings.push(
            finding
                .help("promise less, as 99.9 %: a release, a node that goes away, each costs some requests"),
        );
    } else if promise.parts() < LEAST {
        let message = format!("a promise of {promise} % cannot be broken fast enough to be noticed");
        findings.push(findings.at(span, message).help("promise at least 93.1 %"));
    }
    if let Some(p99) = p99.as_ref().filter(|it| it.millis() >= MOST) {
        let message = format!("Istio cannot tell whether a request takes longer than {}", p99.value);
        findings.push(findings.at(p99.span, message).help("promise less than an hour"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::{assert_silent, messages};

    fn slo(slo: &str) -> String {
        format!(
            "services: {{ hello: {{ versions: {{ v1: {{}} }} }} }}\nobservability: {{ rules: true, slo: {slo} }}"
        )
    }

    #[test]
    fn a_promise_that_is_too_small_is_told() {
        assert_silent(&RULE, &slo("{ availability: 93.1 }"));
        let said = messages(&[&RULE], &slo("{ availability: 90, p99: 1h }"));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("a promise of 90 % cannot be broken"), "{said:?}");
    }
}
