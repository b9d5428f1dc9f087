//! A service has a port and a version.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2101",
    name: "empty-service",
    severity: Severity::Error,
    equivalents: &[],
    why: "Kubernetes refuses a Service without ports, and one without versions has nobody to answer.",
    bad: "
services:
  a: { versions: {} } #~
  b: { ports: { http: null }, versions: { v1: {} } } #~
",
    good: "
services:
  a: { ports: { http: { number: 80 } }, versions: { v1: {} } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        if service.ports.is_empty() {
            let finding = findings.at(id.span, format!("`{id}` has no ports"));
            findings.push(finding.help("write `ports: { http: { number: 80, target: 8080 } }`"));
        }
        if service.versions.is_empty() {
            let finding = findings.at(id.span, format!("`{id}` has no versions"));
            findings.push(
                finding.help("write `versions: { v1: { image: … } }`; what lies outside is `external`"),
            );
        }
    }
}
