//! Retries that are switched off have no details.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2016",
    name: "retries-switched-off",
    severity: Severity::Error,
    equivalents: &["VAL-VS-21"],
    why: "`attempts: 0` switches retries off. Istio refuses it beside anything that says how to retry.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { retries: { attempts: 0, perTryTimeout: 1s } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { retries: { attempts: 0 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(retries) = it.route.retries.as_ref().filter(|it| it.attempts.value == 0) else { continue };
        let given = [
            retries.per_try_timeout.as_ref().map(|it| ("perTryTimeout", it.span)),
            retries.retry_on.first().map(|it| ("retryOn", it.span)),
            retries.backoff.as_ref().map(|it| ("backoff", it.span)),
            retries.retry_remote_localities.as_ref().map(|it| ("retryRemoteLocalities", it.span)),
        ];
        for (key, span) in given.into_iter().flatten() {
            let finding = findings.at(span, format!("{it} has no retries, and `{key}` for them"));
            let finding = finding.related(retries.attempts.span, "switches retries off");
            findings.push(
                finding.help(format!("take `{key}` away (`{key}: null` if inherited), or raise `attempts`")),
            );
        }
    }
}
