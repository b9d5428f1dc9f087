//! A service of several versions says which one its requests go to.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2005",
    name: "unrouted-versions",
    severity: Severity::Error,
    equivalents: &[],
    why: "Without a route the Service spreads requests over the pods of all versions, so that replica counts decide \
          who gets the new version.",
    bad: "
services:
  hello: #~
    versions: { v1: {}, v2: {} }
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 100, v2: 0 } } }
  lone:
    versions: { v1: {} }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        let several = service.versions.len() > 1 && service.routes.is_empty();
        let Some(first) = service.versions.names().next().filter(|_| several) else { continue };
        let versions: Vec<&str> = service.versions.names().take(6).collect();
        let message = format!("`{id}` has the versions {}, and no route to them", versions.join(", "));
        let help = format!("say where requests go: `routes: {{ default: {{ split: {{ {first}: 100 }} }} }}`");
        findings.push(findings.at(id.span, message).help(help));
    }
}
