//! A rollout says what must hold for it to go on.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::rollout::Checks;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2402",
    name: "engine-without-checks",
    severity: Severity::Error,
    equivalents: &["ENGINE008"],
    why: "An engine that asks nothing gives every new version all of the requests, only more slowly. What fails is then \
          rolled back by nobody.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 0 } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 99.5, p99: 500ms }
",
    run,
};

const HELP: &str = "say what must hold: `checks: { successRate: 99, p99: 500ms }`";

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(rollout) = &profile.rollout else { return };
    match &rollout.checks {
        None | Some(Checks { success_rate: None, p99: None }) => {
            findings.push(findings.at(rollout.engine.span, "this rollout has no checks").help(HELP));
        }
        Some(Checks { success_rate: Some(least), .. }) if least.parts() == 0 => {
            let message = "a success rate of 0 % is what every version has";
            findings.push(findings.at(least.span, message).help(HELP));
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn no_checks_and_empty_checks_are_told_at_the_engine() {
        for checks in ["", ", checks: {}", ", checks: null"] {
            let text = format!(
                "services: {{ hello: {{ versions: {{ v1: {{}} }} }} }}\nrollout: {{ engine: git{checks} }}"
            );
            let said = messages(&[&RULE], &text);
            assert!(said.len() == 1 && said[0].starts_with("2: MG2402"), "{said:?}");
        }
    }
}
