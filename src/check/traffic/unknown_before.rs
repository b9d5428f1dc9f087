//! A route stands before a route that its service has.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2007",
    name: "unknown-before",
    severity: Severity::Error,
    equivalents: &[],
    why: "`before` decides which of two routes is asked first; naming a route that is not there leaves the order to \
          chance.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, before: defualt, split: { v1: 100 } } #~
      b: { match: { path: /b }, before: b, split: { v1: 100 } } #~
      default: { split: { v1: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, split: { v1: 100 } }
      b: { match: { path: /b }, before: a, split: { v1: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(before) = &it.route.before else { continue };
        let others = || it.owner.service.routes.names().filter(|name| *name != it.name.as_str());
        if before.value == it.name.value {
            let finding = findings.at(before.span, format!("{it} is to stand before itself"));
            findings.push(finding.suggest("", others()));
        } else if it.owner.service.routes.get(before).is_none() {
            let message =
                format!("`{}` has no route `{before}` for `{}` to stand before", it.owner.id, it.name);
            findings.push(findings.at(before.span, message).suggest(before, others()));
        }
    }
}
