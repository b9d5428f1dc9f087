//! A single try takes no longer than the whole request may.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2018",
    name: "try-outlives-request",
    severity: Severity::Warning,
    equivalents: &["MG-34"],
    why: "The timeout of the route counts all tries together. If one try alone may take longer, a request that hangs is \
          never tried again.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { timeout: 2s, retries: { attempts: 2, perTryTimeout: 3s } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { timeout: 2s, retries: { attempts: 2, perTryTimeout: 600ms } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(retries) = it.route.retries.as_ref().filter(|it| it.attempts.value > 0) else { continue };
        let Some((timeout, one)) = it.route.timeout.as_ref().zip(retries.per_try_timeout.as_ref()) else {
            continue;
        };
        if one.millis() > timeout.millis() {
            let tries = u64::from(retries.attempts.value) + 1;
            let message = format!("one try of {it} may take {one}, the whole request only {timeout}");
            let finding = findings.at(one.span, message).related(timeout.span, "for all tries together");
            let fair = (timeout.millis() / tries).max(1);
            findings.push(finding.help(format!("{tries} tries fit with `perTryTimeout: {fair}ms`")));
        }
    }
}
