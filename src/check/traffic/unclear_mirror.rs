//! A mirror names one target, and not the one that gets the requests anyway.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2027",
    name: "unclear-mirror",
    severity: Severity::Error,
    equivalents: &["VAL-VS-10", "MG-34"],
    why: "A copy goes to a version of this service or to another service. A copy for the version that gets all the \
          requests only doubles its load, side effects included.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      a: { match: { path: /a }, split: { v1: 100 }, mirror: {} } #~
      b: { match: { path: /b }, split: { v1: 100 }, mirror: { version: v2, service: hello } } #~
      c: { match: { path: /c }, split: { v1: 100 }, mirror: v1 } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 100 }, mirror: { version: v2, percent: 10 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(mirror) = &it.route.mirror else { continue };
        match (&mirror.version, &mirror.service) {
            (None, None) => {
                let finding = findings.at(it.name.span, format!("the mirror of {it} says no target"));
                findings.push(finding.help("write `mirror: v2`, or `mirror: { service: NAME }`"));
            }
            (Some(version), Some(service)) => {
                let finding = findings.at(service.span, format!("the mirror of {it} has two targets"));
                let finding = finding.related(version.span, "the other");
                findings.push(finding.help("`version` is one of this service: keep one of them"));
            }
            (Some(version), None) => {
                let share = it.route.split.get(version).map(|it| it.value.0);
                if share == Some(100) {
                    let message = format!("{it} sends `{version}` its own requests once more");
                    let mut finding = findings.at(version.span, message);
                    finding.severity = Severity::Warning;
                    findings.push(finding.help("mirror to the version that is to be tried"));
                }
            }
            (None, Some(_)) => {}
        }
    }
}
