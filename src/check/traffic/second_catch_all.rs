//! One route of a service may be for all requests.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2006",
    name: "second-catch-all",
    severity: Severity::Error,
    equivalents: &["IST0130"],
    why: "The first route that matches wins, and a route without `match` matches everything: a second one never gets a \
          request.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      default: { split: { v1: 100 } }
      canary: { split: { v2: 100 } } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      canary: { match: { headers: { x-canary: 'true' } }, split: { v2: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        let mut all = service.routes.iter().filter(|(_, route)| route.r#match.is_none());
        let Some((first, _)) = all.next() else { continue };
        for (second, _) in all {
            let message = format!("routes `{first}` and `{second}` of `{id}` are both for all requests");
            let finding =
                findings.at(second.span, message).label("never asked").related(first.span, "wins always");
            findings.push(finding.help(format!("give `{second}` a `match`, or switch one off with `null`")));
        }
    }
}
