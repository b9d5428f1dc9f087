//! A route says what happens to its requests.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2003",
    name: "route-without-action",
    severity: Severity::Error,
    equivalents: &["VAL-VS-08"],
    why: "A route needs exactly one of `split`, `redirect` and `respond`; Istio refuses one that has none. Only where a \
          service has a single version does a route without any of them mean that version.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { timeout: 2s } } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { timeout: 2s, split: { v2: 100 } } }
  lone:
    versions: { v1: {} }
    routes: { default: { timeout: 2s } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let acts = !it.route.split.is_empty() || it.route.redirect.is_some() || it.route.respond.is_some();
        let versions = &it.owner.service.versions;
        let Some(first) = versions.names().next().filter(|_| !acts && versions.len() > 1) else { continue };
        let message = format!("{it} does not say which version its requests go to");
        findings.push(findings.at(it.name.span, message).help(format!("write `split: {{ {first}: 100 }}`")));
    }
}
