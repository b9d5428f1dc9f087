//! A pod that says good-bye has time for it.

use crate::check::walk::{Seen, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2118",
    name: "sleep-outlives-grace",
    severity: Severity::Error,
    equivalents: &[],
    why: "The sleep before the signal is part of the grace period. The API server refuses a longer one, and one that is \
          as long leaves no time to finish requests.",
    bad: "
services:
  hello:
    versions: { v1: { termination: { gracePeriodSeconds: 5, preStopSleepSeconds: 10 } } } #~
",
    good: "
services:
  hello:
    versions: { v1: { termination: { gracePeriodSeconds: 30, preStopSleepSeconds: 10 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut seen = Seen::default();
    for it in workloads(profile).filter(|it| seen.first(&it.version.termination)) {
        let termination = &it.version.termination;
        let Some(sleep) = &termination.pre_stop_sleep_seconds else { continue };
        let grace = &termination.grace_period_seconds;
        if sleep.value > 0 && sleep.value < grace.value {
            continue;
        }
        let message = format!("{it} sleeps {sleep} seconds of the {grace} that it has to end");
        let mut finding = findings.at(sleep.span, message).related(grace.span, "the whole time");
        if sleep.value == grace.value && sleep.value > 0 {
            finding.severity = Severity::Warning;
        }
        let help =
            if sleep.value == 0 { "leave `preStopSleepSeconds` out" } else { "raise `gracePeriodSeconds`" };
        findings.push(finding.help(help));
    }
}
