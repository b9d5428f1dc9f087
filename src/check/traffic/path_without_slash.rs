//! Paths begin with a slash and have no query.

use crate::check::names::shown;
use crate::check::walk::{authz, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::TextMatch;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2023",
    name: "path-without-slash",
    severity: Severity::Error,
    equivalents: &[],
    why: "The path of every request begins with `/`, and its query is compared apart. A condition on any other path is \
          never met, and a request that is rewritten to one is broken.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: api } } #~
      b: { match: { path: { prefix: '/b?x=1' } } } #~
      c: { match: { path: { present: true } } } #~
      default: { rewrite: { uri: new } } #~
authz:
  allow:
    reads: { to: hello, paths: [/ok, api/*] } #~
clients: { test: {} }
expect:
  a: { from: test, to: hello, get: api, status: 200 } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /api } }
      b: { match: { path: { prefix: /b }, query: { x: '1' } } }
      default: { rewrite: { uri: /new } }
authz:
  allow:
    reads: { to: hello, paths: [/ok, '/api/*', '*.css', '/v/{*}'] }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        match it.route.r#match.as_ref().and_then(|it| it.path.as_ref()) {
            Some(TextMatch::Exact(path) | TextMatch::Prefix(path)) => {
                judge(path, "a path", findings);
                without_query(path, findings);
            }
            Some(TextMatch::Present(span) | TextMatch::Absent(span)) => {
                let finding = findings.at(*span, "every request has a path");
                findings.push(finding.help("give the path itself, or leave the condition out"));
            }
            Some(TextMatch::Regex(_)) | None => {}
        }
        let rewritten = it.route.rewrite.as_ref().and_then(|it| it.uri.as_ref());
        let redirected = it.route.redirect.as_ref().and_then(|it| it.uri.as_ref());
        for path in rewritten.into_iter().chain(redirected) {
            judge(path, "a path", findings);
        }
    }
    for it in authz(profile) {
        for path in it.rule.paths.iter().chain(it.rule.not_paths.iter()) {
            if !path.starts_with(['*', '{']) {
                judge(path, "a path of a rule", findings);
            }
            without_query(path, findings);
        }
    }
    let smoke = profile.observability.iter().flat_map(|it| &it.smoke).flat_map(|it| it.requests.values());
    let loads = profile.load.values().filter_map(|it| it.path.as_ref());
    for path in smoke.filter_map(|it| it.path.as_ref()).chain(loads) {
        judge(path, "a path", findings);
    }
    for path in profile.expect.values().flat_map(|it| it.request.paths.iter()) {
        judge(path, "a path", findings);
    }
}

fn judge(path: &Text, what: &str, findings: &mut Findings<'_>) {
    if path.starts_with('/') {
        return;
    }
    let mended = format!("/{}", path.value);
    let message = format!("`{}` is not {what}: it does not begin with `/`", shown(path));
    let mut finding = findings.at(path.span, message).help(format!("write `{}`", shown(&mended)));
    finding.fix = Some(mended);
    findings.push(finding);
}

fn without_query(path: &Text, findings: &mut Findings<'_>) {
    if path.contains(['?', '#']) && path.starts_with('/') {
        let finding =
            findings.at(path.span, format!("`{}` has a query, which is no part of a path", shown(path)));
        findings.push(finding.help("compare parameters in `match: { query: … }`"));
    }
}
