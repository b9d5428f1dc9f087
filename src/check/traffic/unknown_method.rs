//! Methods are those of HTTP, in capitals.

use crate::check::walk::{authz, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2022",
    name: "unknown-method",
    severity: Severity::Error,
    equivalents: &["KIA0102", "VAL-VS-23"],
    why: "Methods are compared letter by letter: `get` is a method that no client sends, so the route or rule never \
          applies.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { a: { match: { path: /a, method: get } } } #~
authz:
  allow:
    reads: { to: hello, methods: [GET, HAED] } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { a: { match: { path: /a, method: [GET, HEAD] } } }
authz:
  allow:
    reads: { to: hello, methods: ['*'] }
",
    run,
};

const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        for method in it.route.r#match.iter().flat_map(|it| it.method.iter()) {
            judge(method, false, findings);
        }
        for method in it.route.cors.iter().flat_map(|it| it.allow_methods.iter()) {
            judge(method, true, findings);
        }
    }
    for it in authz(profile) {
        for method in it.rule.methods.iter().chain(it.rule.not_methods.iter()) {
            judge(method, true, findings);
        }
    }
}

/// Methods beyond those of HTTP itself (`PURGE`, `PROPFIND`) do exist.
fn judge(method: &Text, stars: bool, findings: &mut Findings<'_>) {
    if METHODS.contains(&method.as_str()) || stars && method.contains('*') {
        return;
    }
    let mut finding =
        findings.at(method.span, format!("`{method}` is no method of HTTP")).suggest(method, METHODS);
    let own = !method.is_empty() && method.bytes().all(|it| it.is_ascii_uppercase() || it == b'-');
    if own && finding.fix.is_none() {
        finding.severity = Severity::Warning;
    }
    findings.push(finding);
}
