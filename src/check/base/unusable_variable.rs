//! Environment variables have names that Kubernetes takes.

use crate::check::names::{VARIABLE, judge};
use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2105",
    name: "unusable-variable",
    severity: Severity::Error,
    equivalents: &[],
    why: "The API server refuses the name of a variable that is not made of letters, digits, `_`, `-` and `.`, or that \
          begins with a digit.",
    bad: "
services:
  hello:
    versions: { v1: { env: { 'LOG LEVEL': debug, 1ST: a } } } #~
",
    good: "
services:
  hello:
    versions: { v1: { env: { LOG_LEVEL: debug } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, _) in workloads(profile).flat_map(|it| it.version.env.iter()) {
        judge(&VARIABLE, name, "the name of a variable", findings);
        if name.value == "." || name.starts_with("..") {
            findings.push(findings.at(name.span, format!("`{name}` cannot be the name of a variable")));
        }
    }
}
