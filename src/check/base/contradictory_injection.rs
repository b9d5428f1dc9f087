//! Pods get their proxy in one way.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::settings::Injection;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2120",
    name: "contradictory-injection",
    severity: Severity::Error,
    equivalents: &["IST0123", "MG-33"],
    why: "A namespace with the label `istio-injection` and a revision gets its proxies from neither as one would expect; \
          injection by revision needs to know which.",
    bad: "
mesh:
  injection: label #~
  revision: stable
",
    good: "
mesh:
  injection: revision
  revision: stable
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(injection) = &profile.mesh.injection else { return };
    match (injection.value, &profile.mesh.revision) {
        (Injection::Label, Some(revision)) => {
            let message = format!("proxies are injected by label, and by the revision `{revision}`");
            let finding = findings.at(injection.span, message).related(revision.span, "the revision");
            findings.push(finding.help("keep one of `injection: label` and `revision`"));
        }
        (Injection::Revision, None) => {
            let finding = findings.at(injection.span, "proxies are injected by a revision that is not named");
            findings.push(finding.help("write `revision: NAME`; `istioctl tag list` shows them"));
        }
        (Injection::Label | Injection::None, None) | (Injection::Revision | Injection::None, Some(_)) => {}
    }
}
