//! A `match` says something.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::Match;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2010",
    name: "empty-match",
    severity: Severity::Error,
    equivalents: &[],
    why: "An empty `match` is met by every request, while the route stands among those that have a condition: it takes \
          the requests of all routes behind it.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      canary: { match: {}, split: { v2: 100 } } #~
      default: { split: { v1: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      canary: { match: { query: { canary: { present: true } } }, split: { v2: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(Match { path, method, headers, query, caller }) = &it.route.r#match else { continue };
        let lists = method.is_empty() && caller.is_empty();
        if path.is_none() && lists && headers.is_empty() && query.is_empty() {
            let finding = findings.at(it.name.span, format!("the `match` of {it} has no condition"));
            findings.push(finding.help("leave `match` out if all requests are meant"));
        }
    }
}
