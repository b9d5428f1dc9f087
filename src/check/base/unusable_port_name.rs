//! The name of a port is one that Kubernetes takes for a container's port too.

use crate::check::names::{PORT, judge};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2103",
    name: "unusable-port-name",
    severity: Severity::Error,
    equivalents: &["VAL-SE-01"],
    why: "The API server refuses the name of a container's port that is longer than 15 characters, has no letter, or \
          anything but lower-case letters, digits and single `-`.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    ports:
      http-management-api: { number: 81 } #~
      '8080': { number: 8080 } #~
      a--b: { number: 83 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    ports:
      http-admin: { number: 81 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, _) in profile.services.values().flat_map(|it| it.ports.iter()) {
        port(name, findings);
    }
    for (name, _) in profile.external.values().flat_map(|it| it.ports.iter()) {
        judge(&crate::check::names::LABEL, name, "the name of a port", findings);
    }
}

fn port(name: &Text, findings: &mut Findings<'_>) {
    judge(&PORT, name, "the name of a port", findings);
    if PORT.flaw(name).is_some() {
        return;
    }
    if !name.bytes().any(|it| it.is_ascii_lowercase()) {
        let finding =
            findings.at(name.span, format!("`{name}` cannot be the name of a port: it has no letter"));
        findings.push(finding.help(format!("write `http-{name}`, or what the port is for")));
    } else if name.contains("--") {
        findings.push(findings.at(name.span, format!("`{name}` cannot be the name of a port: it has `--`")));
    }
}
