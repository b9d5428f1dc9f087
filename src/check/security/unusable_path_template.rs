//! Braces in the paths of rules stand for segments.

use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::settings::Release;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2203",
    name: "unusable-path-template",
    severity: Severity::Error,
    equivalents: &["VAL-AP-07"],
    why: "Istio knows `{*}` for one segment of a path and `{**}` for any number of them, each as a whole segment. It \
          refuses other braces, and releases before 1.22 take them literally.",
    bad: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { to: hello, paths: '/users/{id}' } #~
    b: { to: hello, paths: '/users/x{*}' } #~
    c: { to: hello, paths: '/{**}/{*}' } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
authz:
  allow:
    a: { to: hello, paths: ['/users/{*}', '/{**}/photo', '/v1/{*}/a/{**}'] }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let release = profile.mesh.istio;
    for it in authz(profile) {
        for path in it.rule.paths.iter().chain(it.rule.not_paths.iter()).filter(|it| it.contains(['{', '}']))
        {
            if let Some(flaw) = flaw(path) {
                let finding = findings.at(path.span, format!("`{path}` {flaw}"));
                findings
                    .push(finding.help("`{*}` is one whole segment of a path, `{**}` any number of them"));
            } else if release.value < (Release { major: 1, minor: 22 }) {
                let message = format!(
                    "`{path}` needs Istio 1.22, and the mesh may be of {}.{}",
                    release.major, release.minor
                );
                findings.push(findings.at(path.span, message).related(release.span, "the oldest release"));
            }
        }
    }
}

fn flaw(path: &str) -> Option<&'static str> {
    let mut rest = false;
    for segment in path.trim_start_matches('/').split('/') {
        match segment {
            "{*}" | "{**}" if rest => return Some("has a template behind `{**}`"),
            "{**}" => rest = true,
            "{*}" => {}
            other if other.contains(['{', '}']) => {
                return Some("has braces that are not a whole `{*}` or `{**}`");
            }
            other if other.contains('*') => return Some("has a `*` beside a template"),
            _ => {}
        }
    }
    None
}
