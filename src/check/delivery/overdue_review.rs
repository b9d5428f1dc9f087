//! Security rules are looked through in time. What day it is, the user says: nobody asks a clock.

use crate::diag::Severity;
use crate::profile::PolicyReview;
use crate::rule::{Findings, Rule};
use crate::units::date::Date;

/// A review, and the day on which somebody asks for it.
pub struct Asked {
    /// The review.
    pub review: PolicyReview,
    /// The day.
    pub day: Date,
}

pub static RULE: Rule<Asked> = Rule {
    code: "MG2504",
    name: "overdue-review",
    severity: Severity::Error,
    equivalents: &[],
    why: "Rules outlive their reasons: callers go, and what was let in for them stays let in until somebody looks.",
    bad: "
policyReview:
  owner: team-mesh
  reviewedOn: 2026-06-01 #~
  everyDays: 90
",
    good: "
policyReview:
  owner: team-mesh
  reviewedOn: 2026-11-02
  everyDays: 90
",
    run,
};

fn run(asked: &Asked, findings: &mut Findings<'_>) {
    let Asked { review: PolicyReview { owner, reviewed_on, every_days }, day } = asked;
    if reviewed_on.value > *day {
        let message = format!("the last review is of {}, which comes after {day}", reviewed_on.value);
        let mut finding = findings.at(reviewed_on.span, message);
        finding.severity = Severity::Warning;
        return findings.push(finding.help("write the day on which somebody looked the rules through"));
    }
    let Some(due) = reviewed_on.value.after(every_days.value).filter(|it| it < day) else { return };
    let late = day.days() - due.days();
    let s = if late == 1 { "" } else { "s" };
    let message =
        format!("`{owner}` was to look the security rules through by {due}, {late} day{s} before {day}");
    let finding = findings.at(reviewed_on.span, message);
    findings.push(finding.help(format!("look them through, then write `reviewedOn: {day}`")));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::{as_of, proof};
    use crate::diag::Diagnostics;
    use crate::units::date::Date;

    fn said(text: &str, day: &str) -> Vec<String> {
        let (files, profile) = proof::profile(text);
        let mut diags = Diagnostics::default();
        as_of(&profile, Date::parse(day).unwrap(), &mut diags);
        let line = |it: &crate::diag::Diagnostic| files.locate(it.span).map_or(0, |it| it.line);
        diags
            .sorted()
            .iter()
            .map(|it| format!("{} {}: {}", it.severity.word(), line(it), it.message))
            .collect()
    }

    #[test]
    fn it_proves_its_own_documentation() {
        let marked = RULE.bad.lines().position(|it| it.ends_with("#~")).unwrap() + 1;
        assert_eq!(
            said(RULE.bad, "2026-11-23"),
            [format!(
                "error {marked}: `team-mesh` was to look the security rules through by 2026-08-30, 85 days before \
                 2026-11-23"
            )]
        );
        assert!(said(RULE.good, "2026-11-23").is_empty());
    }

    #[test]
    fn the_day_itself_is_in_time_and_the_next_is_not() {
        assert!(said(RULE.good, "2027-01-31").is_empty());
        assert_eq!(said(RULE.good, "2027-02-01").len(), 1);
    }

    #[test]
    fn a_review_of_tomorrow_is_a_warning_and_a_profile_without_one_is_asked_nothing() {
        assert_eq!(
            said(RULE.good, "2026-11-01"),
            ["warning 4: the last review is of 2026-11-02, which comes after 2026-11-01"]
        );
        assert!(said("namespace: demo", "2026-11-01").is_empty());
    }
}
