//! Routes do not stand before each other in a circle.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::Route;
use crate::rule::{Findings, Rule};
use crate::source::Text;
use crate::yaml::Named;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2008",
    name: "before-cycle",
    severity: Severity::Error,
    equivalents: &[],
    why: "If each of some routes must stand before the next, no order fits.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, before: b, split: { v1: 100 } } #~
      b: { match: { path: /b }, before: a, split: { v1: 100 } }
      default: { split: { v1: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: /a }, before: b, split: { v1: 100 } }
      b: { match: { path: /b }, split: { v1: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        if service.routes.values().all(|it| it.before.is_none()) {
            continue;
        }
        let mut known = BTreeSet::new();
        for (name, _) in service.routes.iter() {
            let Some(circle) = circle(&service.routes, name, &mut known) else { continue };
            let names: Vec<&str> = circle.iter().map(|it| it.as_str()).collect();
            let message = format!(
                "routes of `{id}` stand before each other in a circle: {} -> {}",
                names.join(" -> "),
                names[0]
            );
            let first = circle
                .iter()
                .filter_map(|it| service.routes.get(it)?.before.as_ref())
                .min_by_key(|it| it.span);
            let span = first.map_or(name.span, |it| it.span);
            findings.push(findings.at(span, message).help("take one `before` away"));
        }
    }
}

/// The circle that following `before` from a route ends in, if nobody went there earlier.
fn circle<'p>(
    routes: &'p Named<Route>,
    from: &'p Text,
    known: &mut BTreeSet<&'p str>,
) -> Option<Vec<&'p Text>> {
    let mut line: Vec<&Text> = Vec::new();
    let mut at = from;
    while known.insert(at) {
        line.push(at);
        at = routes.find(routes.get(at)?.before.as_ref()?)?.0;
    }
    let start = line.iter().position(|it| it.value == at.value)?;
    (line.len() - start > 1).then(|| line.split_off(start))
}
