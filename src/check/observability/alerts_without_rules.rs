//! What is said of alerts has alerts to be said of.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2302",
    name: "alerts-without-rules",
    severity: Severity::Error,
    equivalents: &[],
    why: "Alerts come from a PrometheusRule, and that is emitted only where it is asked for. Without it a promise is \
          measured by nobody, and receivers wait for alerts that nobody raises.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  slo: { availability: 99.9 } #~
  runbooks: https://wiki.example.com/mesh #~
  receivers:
    team: { webhook: { name: chat, key: url } } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  slo: { availability: 99.9 }
  runbooks: https://wiki.example.com/mesh
  receivers:
    team: { webhook: { name: chat, key: url } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(wanted) = profile.observability.as_ref().filter(|it| !it.rules.value) else { return };
    let read_elsewhere = profile.rollout.is_some() || wanted.dashboard.value;
    if let Some(slo) = wanted.slo.as_ref().filter(|_| !read_elsewhere) {
        let mut finding = findings.at(slo.availability.span, "nobody measures whether this promise is kept");
        finding.severity = Severity::Warning;
        findings.push(finding.help("write `rules: true` for alerts on it"));
    }
    if let Some(page) = &wanted.runbooks {
        let finding = findings.at(page.span, "no alert leads to this runbook, as there is none");
        findings.push(finding.help("write `rules: true`, or leave `runbooks` out"));
    }
    for (name, _) in wanted.receivers.iter() {
        let finding =
            findings.at(name.span, format!("the receiver `{name}` is told nothing: no alert is raised"));
        findings.push(finding.help("write `rules: true`, or leave `receivers` out"));
    }
}
