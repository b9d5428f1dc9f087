//! Redirects go to http or https.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2028",
    name: "unknown-scheme",
    severity: Severity::Error,
    equivalents: &["VAL-VS-19"],
    why: "Istio refuses a redirect to any scheme but `http` and `https`.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { a: { match: { path: /a }, redirect: { scheme: HTTPS } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { a: { match: { path: /a }, redirect: { scheme: https } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let scheme = it.route.redirect.as_ref().and_then(|it| it.scheme.as_ref());
        if let Some(scheme) = scheme.filter(|it| !["http", "https"].contains(&it.as_str())) {
            let finding = findings.at(scheme.span, format!("`{scheme}` is neither `http` nor `https`"));
            findings.push(finding.suggest(scheme, ["https", "http"]));
        }
    }
}
