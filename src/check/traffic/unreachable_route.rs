//! No route stands where an earlier one takes all of its requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::service::Service;
use crate::profile::traffic::{Match, TextMatch};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2009",
    name: "unreachable-route",
    severity: Severity::Error,
    equivalents: &["IST0130", "IST0131", "MG-38"],
    why: "The first route that matches wins. A route behind one that takes the same requests, or more, is dead text.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      api: { match: { path: { prefix: /api } }, split: { v1: 100 } }
      beta: { match: { path: { prefix: /api/beta } }, split: { v2: 100 } } #~
      one: { match: { method: GET, headers: { a: b } }, split: { v1: 100 } }
      two: { match: { method: [GET], headers: { a: { exact: b } } }, split: { v2: 100 } } #~
      default: { split: { v1: 100 } }
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes:
      beta: { match: { path: { prefix: /api/beta } }, split: { v2: 100 } }
      api: { match: { path: { prefix: /api } }, split: { v1: 100 } }
      one: { match: { method: GET, headers: { a: b } }, split: { v1: 100 } }
      two: { match: { method: GET, headers: { a: c } }, split: { v2: 100 } }
      default: { split: { v1: 100 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter().filter(|(_, it)| may_overlap(it)) {
        routes(id, service, findings);
    }
}

/// Whether there are two conditions, or one behind a route without: most services have neither.
fn may_overlap(service: &Service) -> bool {
    let mut conditions = service.routes.values().map(|it| it.r#match.is_some());
    let first = conditions.next();
    conditions.any(|it| it) && first.is_some()
}

fn routes(id: &Text, service: &Service, findings: &mut Findings<'_>) {
    let mut same: BTreeMap<String, &Text> = BTreeMap::new();
    let mut prefixes: BTreeMap<&str, &Text> = BTreeMap::new();
    let mut all: Option<&Text> = None;
    for (name, route) in service.routes.iter() {
        let condition = route.r#match.as_ref();
        let path = condition.and_then(literal);
        let wider = path.and_then(|it| wider(&prefixes, it));
        // Two routes without `match` are the business of another rule.
        let earlier = all.filter(|_| condition.is_some()).or(wider);
        let signature = condition.map(signature);
        let earlier = earlier.or_else(|| same.get(signature.as_ref()?).copied());
        if let Some(earlier) = earlier {
            let message = format!("route `{name}` of `{id}` gets no request: `{earlier}` takes them all");
            let finding =
                findings.at(name.span, message).label("never asked").related(earlier.span, "asked earlier");
            findings
                .push(finding.help(format!("put `{name}` first with `before: {earlier}`, or take it away")));
            continue;
        }
        match condition {
            None => all = Some(name),
            Some(condition) => {
                same.extend(signature.map(|it| (it, name)));
                if let (true, Some(TextMatch::Prefix(prefix))) = (only_path(condition), &condition.path) {
                    prefixes.insert(prefix, name);
                }
            }
        }
    }
}

/// The beginning that all paths have which meet the condition.
fn literal(condition: &Match) -> Option<&str> {
    match condition.path.as_ref()? {
        TextMatch::Exact(text) | TextMatch::Prefix(text) => Some(text),
        TextMatch::Regex(_) | TextMatch::Present(_) | TextMatch::Absent(_) => None,
    }
}

/// An earlier route that takes every path with some prefix of this one.
fn wider<'p>(prefixes: &BTreeMap<&str, &'p Text>, path: &str) -> Option<&'p Text> {
    let mut ends = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    if prefixes.is_empty() { None } else { ends.find_map(|end| prefixes.get(&path[..end])).copied() }
}

fn only_path(condition: &Match) -> bool {
    let Match { path: _, method, headers, query, caller } = condition;
    method.is_empty() && headers.is_empty() && query.is_empty() && caller.is_empty()
}

/// A text that is the same for two conditions that mean the same.
fn signature(condition: &Match) -> String {
    let Match { path, method, headers, query, caller } = condition;
    let mut out = String::new();
    let of = |it: &TextMatch| match it {
        TextMatch::Exact(text) => format!("={:?}", text.as_str()),
        TextMatch::Prefix(text) => format!("^{:?}", text.as_str()),
        TextMatch::Regex(text) => format!("~{:?}", text.as_str()),
        TextMatch::Present(_) => "+".to_owned(),
        TextMatch::Absent(_) => "-".to_owned(),
    };
    let _ = write!(out, "{:?}", path.as_ref().map(of));
    for list in [method, caller] {
        let set: BTreeSet<&str> = list.iter().map(|it| it.as_str()).collect();
        let _ = write!(out, "{set:?}");
    }
    for named in [headers, query] {
        let set: BTreeMap<&str, String> = named.iter().map(|(name, it)| (name.as_str(), of(it))).collect();
        let _ = write!(out, "{set:?}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::{assert_silent, messages};

    #[test]
    fn a_root_prefix_takes_everything() {
        let text = "
services:
  a:
    versions: { v1: {} }
    routes:
      x: { match: { path: { prefix: / } } }
      y: { match: { path: /y, method: GET } }
";
        assert_eq!(messages(&[&RULE], text).len(), 1);
    }

    #[test]
    fn a_narrower_route_leaves_something_to_a_wider_one() {
        assert_silent(
            &RULE,
            "
services:
  a:
    versions: { v1: {} }
    routes:
      x: { match: { path: { prefix: /y }, method: GET } }
      y: { match: { path: /y } }
      z: { match: { path: /y, method: POST } }
",
        );
    }
}
