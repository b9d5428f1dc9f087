//! There is something to try.

use crate::check::walk::authz;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::security::Access;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2213",
    name: "dry-run-of-nothing",
    severity: Severity::Warning,
    equivalents: &["MG-28"],
    why: "`dryRun: true` lets rules count what they would refuse. Without rules nothing is counted; and an allow rule that \
          only counts, beside a default that refuses in earnest, lets nobody in.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
authz:
  default: deny
  allow:
    reads: { from: test, to: hello, dryRun: true } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
authz:
  default: deny
  dryRun: true
  allow:
    reads: { from: test, to: hello }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let all = &profile.authz.dry_run;
    let denies = profile.authz.default.value == Access::Deny;
    if all.value && !denies && authz(profile).next().is_none() {
        let finding = findings.at(all.span, "there are no rules that could be tried");
        findings.push(finding.help("write rules, or `default: deny`"));
    }
    for it in authz(profile).filter(|it| denies && !all.value && !it.deny) {
        let Some(dry) = it.rule.dry_run.filter(|it| it.value) else { continue };
        let message = format!("{it} is only tried, and what it would let in is refused by default");
        let finding = findings.at(dry.span, message).related(profile.authz.default.span, "in earnest");
        findings.push(finding.help("write `dryRun: true` for all of `authz`, or make the rule count"));
    }
}
