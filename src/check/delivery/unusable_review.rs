//! A review of the security rules has an owner and comes round.

use crate::diag::Severity;
use crate::profile::{PolicyReview, Profile};
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2503",
    name: "unusable-review",
    severity: Severity::Error,
    equivalents: &[],
    why: "A review that nobody owns, or that is due every 0 days, is never held: it is overdue on the day it was held.",
    bad: "
policyReview:
  owner: '' #~
  reviewedOn: 2026-11-23
  everyDays: 0 #~
",
    good: "
policyReview: { owner: team-mesh, reviewedOn: 2026-11-23, everyDays: 90 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(PolicyReview { owner, reviewed_on, every_days }) = &profile.policy_review else { return };
    if owner.trim().is_empty() {
        let finding = findings.at(owner.span, "the review of the security rules has no owner");
        findings.push(finding.help("name the person or the team that looks them through"));
    }
    if every_days.value == 0 {
        let finding = findings.at(every_days.span, "a review every 0 days is due at once, for ever");
        findings.push(finding.help("write after how many days somebody must look again, as `90`"));
    } else if reviewed_on.value.after(every_days.value).is_none() {
        let message =
            format!("no calendar has the day that is {} days after {}", every_days.value, reviewed_on.value);
        findings.push(findings.at(every_days.span, message).help("write a number of days, as `90`"));
    }
}
