//! What a route does besides must be possible: a request that is not passed on cannot be rewritten or copied.

use crate::check::walk::{RouteRef, routes};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2011",
    name: "action-conflict",
    severity: Severity::Error,
    equivalents: &["VAL-VS-09"],
    why: "A redirect and an answer of the proxy end the request at once. Istio refuses them together with `rewrite` or \
          `fault`, and leaves `mirror`, `timeout` and `retries` without effect.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      old: { match: { path: /old }, redirect: { uri: / }, rewrite: { uri: /new } } #~
      down: { match: { path: /down }, respond: { status: 503 }, mirror: v1 } #~
      default: { split: { v1: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      old: { match: { path: /old }, redirect: { uri: /new } }
      default: { split: { v1: 100 }, rewrite: { uri: / }, timeout: 2s }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let action = match (&it.route.redirect, &it.route.respond) {
            (Some(_), _) => "redirect",
            (None, Some(_)) => "respond",
            (None, None) => continue,
        };
        for (key, span, refused) in besides(it) {
            let message = format!("{it} has `{key}` beside `{action}`");
            let mut finding = findings.at(span, message);
            if !refused {
                finding.severity = Severity::Warning;
            }
            findings
                .push(finding.help(format!("take `{key}` away: nothing is passed on that it could change")));
        }
    }
}

/// What has no place beside the action: key, place, and whether it is refused or just in vain.
fn besides(it: RouteRef<'_>) -> impl Iterator<Item = (&'static str, Span, bool)> {
    let route = it.route;
    let name = it.name.span;
    // Defaults of routes are meant for those that pass requests on; only what was written here is a mistake.
    let here = move |span: &Span| span.lo > name.lo;
    let timeout = route.timeout.as_ref().map(|timeout| timeout.span).filter(here);
    let retries = route.retries.as_ref().map(|retries| retries.attempts.span).filter(here);
    [
        route.fault.as_ref().map(|_| ("fault", name, true)),
        route.rewrite.as_ref().map(|_| ("rewrite", name, true)),
        route.mirror.as_ref().map(|_| ("mirror", name, true)),
        timeout.map(|span| ("timeout", span, false)),
        retries.map(|span| ("retries", span, false)),
    ]
    .into_iter()
    .flatten()
}
