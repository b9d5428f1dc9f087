//! Rules have something to watch.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2306",
    name: "rules-without-service",
    severity: Severity::Error,
    equivalents: &[],
    why: "Rules are made for the services of a profile. A profile without one gets none, which is not what `rules: true` \
          promises.",
    bad: "
clients: { test: {} }
observability: { rules: true } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability: { rules: true }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let rules = profile.observability.as_ref().map(|it| it.rules).filter(|it| it.value);
    if let Some(rules) = rules.filter(|_| profile.services.is_empty()) {
        let finding = findings.at(rules.span, "there is no service for rules to watch");
        findings.push(finding.help("add a service, or leave `rules` out"));
    }
}
