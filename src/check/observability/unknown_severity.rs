//! Receivers ask for severities that alerts have.

use crate::diag::Severity;
use crate::metrics::alert;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2305",
    name: "unknown-severity",
    severity: Severity::Error,
    equivalents: &[],
    why: "Alerts are `critical` or `warning`. A receiver of any other severity is never told anything.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    on-call: { pagerDuty: { name: pager, key: key }, severities: [critical, page] } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  receivers:
    on-call: { pagerDuty: { name: pager, key: key }, severities: critical }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let words = alert::Severity::ALL.map(alert::Severity::word);
    for receiver in profile.observability.iter().flat_map(|it| it.receivers.values()) {
        for word in receiver.severities.iter().filter(|it| !words.contains(&it.as_str())) {
            let finding = findings.at(word.span, format!("no alert has the severity `{word}`"));
            findings.push(finding.suggest(word, words));
        }
    }
}
