//! Who gets requests has pods.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2026",
    name: "unanswered-share",
    severity: Severity::Error,
    equivalents: &[],
    why: "Requests for a version without pods get a 503. Zero replicas are fine for a version whose share is 0.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: { replicas: 0 } }
    routes: { default: { split: { v1: 90, v2: 10 } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: { replicas: 0 } }
    routes: { default: { split: { v1: 100, v2: 0 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        for (name, share) in it.route.split.iter().filter(|(_, share)| share.value.0 > 0) {
            let Some(version) = it.owner.service.versions.get(name).filter(|it| it.replicas.value == 0)
            else {
                continue;
            };
            let message = format!("{it} sends {share} % to `{name}`, which has no pods");
            let finding = findings.at(share.span, message).related(version.replicas.span, "no pods");
            findings.push(finding.help(format!("raise `replicas` of `{name}` first")));
        }
    }
}
