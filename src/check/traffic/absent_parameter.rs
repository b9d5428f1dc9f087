//! A match cannot ask for a query parameter that is not there.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::TextMatch;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2035",
    name: "absent-parameter",
    severity: Severity::Error,
    equivalents: &[],
    why: "Istio can say that a header is absent, and has no word for a query parameter that is. A route before this one \
          that takes the requests with the parameter leaves those without.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      plain: { match: { query: { debug: { absent: true } } }, split: { v1: 100 } } #~
      default: { split: { v2: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      debugged: { match: { query: { debug: { present: true } } }, split: { v2: 100 } }
      plain: { match: { headers: { x-debug: { absent: true } } }, split: { v1: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        for (name, condition) in it.route.r#match.iter().flat_map(|it| it.query.iter()) {
            if let TextMatch::Absent(span) = condition {
                let message =
                    format!("{it} asks for requests without the parameter `{name}`, which Istio cannot");
                let finding = findings.at(*span, message);
                findings.push(
                    finding.help("put a route for `present: true` before it, and leave this condition out"),
                );
            }
        }
    }
}
