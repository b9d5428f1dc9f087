//! A route does one thing with its requests.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2004",
    name: "two-actions",
    severity: Severity::Error,
    equivalents: &["VAL-VS-09"],
    why: "A request is passed on, redirected or answered, never two of these: Istio refuses such a route.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { split: { v1: 100 }, respond: { status: 200 } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { old: { match: { path: /old }, redirect: { uri: / } }, default: { split: { v1: 100 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let given = [
            (!it.route.split.is_empty()).then_some("`split`"),
            it.route.redirect.is_some().then_some("`redirect`"),
            it.route.respond.is_some().then_some("`respond`"),
        ];
        if given.iter().flatten().count() > 1 {
            let given: Vec<&str> = given.into_iter().flatten().collect();
            let message = format!("{it} has {}", given.join(" and "));
            findings.push(findings.at(it.name.span, message).help("keep one of them, or make two routes"));
        }
    }
}
