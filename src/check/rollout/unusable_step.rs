//! Steps end with all requests, and there is at least one; so is there one failure that rolls back.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2412",
    name: "unusable-step",
    severity: Severity::Error,
    equivalents: &[],
    why: "A step is a part of the requests, so none is more than all of them. Without a step a new version has all requests \
          at once, and without a number of failures it keeps them.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  steps: [10, 50, 200] #~
  failures: 0 #~
  checks: { successRate: 99 }
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  steps: [1, 50]
  failures: 1
  checks: { successRate: 99 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    for step in rollout.steps.iter().filter(|it| it.value.0 > 100) {
        let finding = findings.at(step.span, format!("a step of {step} % is more than all requests"));
        findings.push(finding.help("write a percent from 1 to 100"));
    }
    if rollout.steps.is_empty() {
        let finding = findings.at(rollout.engine.span, "this rollout has no steps");
        findings.push(finding.help("write `steps: [10, 50, 100]`"));
    }
    if rollout.failures.value == 0 {
        let finding = findings.at(rollout.failures.span, "after 0 failures everything would be rolled back");
        findings.push(finding.help("write `failures: 1` to roll back at the first"));
    }
}
