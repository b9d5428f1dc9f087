//! The steps of a rollout go up.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2401",
    name: "backward-step",
    severity: Severity::Error,
    equivalents: &[],
    why: "A rollout gives a new version more and more of the requests. A step that gives it less, or the same, is not \
          one that an engine could take.",
    bad: "
services: { hello: { versions: { v1: {} } } }
rollout:
  engine: flagger
  steps: [10, 50, 50, 25] #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
rollout:
  engine: git
  steps: [10, 50, 100]
  checks: { successRate: 99 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    if let Some(first) = rollout.steps.first().filter(|it| it.value.0 == 0) {
        findings.push(
            findings.at(first.span, "the first step gives the new version nothing").help("take it away"),
        );
    }
    for pair in rollout.steps.windows(2).filter(|it| it[1].value <= it[0].value) {
        let (from, to) = (pair[0].value, pair[1].value);
        let finding = findings.at(pair[1].span, format!("the step from {from} to {to} % does not go up"));
        findings
            .push(finding.related(pair[0].span, "the step before").help("put the steps in order, each once"));
    }
}
