//! Patterns are RE2's.

use crate::check::pattern;
use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::{Match, Route, TextMatch};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2021",
    name: "unreadable-pattern",
    severity: Severity::Error,
    equivalents: &["VAL-VS-13", "VAL-VS-14", "VAL-VS-18", "VAL-VS-23"],
    why: "Istio takes patterns of RE2 with at most 1024 characters, without look-around and back references, and no \
          empty `prefix` of a header or query parameter. It refuses the whole VirtualService otherwise.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: { regex: '/(a' } } } #~
      b: { match: { headers: { x-a: { regex: '*' } } } } #~
      c: { match: { query: { a: { prefix: '' } } } } #~
      default: { rewrite: { uriRegex: { match: '(?=a)', rewrite: /b } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes:
      a: { match: { path: { regex: '/(a|b)' } } }
      b: { match: { headers: { x-a: { present: true } } } }
      c: { match: { query: { a: { prefix: b } } } }
      default: { rewrite: { uriRegex: { match: '^/a', rewrite: /b } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        route(it.route, findings);
    }
}

fn route(route: &Route, findings: &mut Findings<'_>) {
    if let Some(Match { path, method: _, headers, query, caller: _ }) = &route.r#match {
        if let Some(TextMatch::Regex(text)) = path {
            regex(text, findings);
        }
        for condition in headers.values().chain(query.values()) {
            text_match(condition, findings);
        }
    }
    if let Some(rewrite) = route.rewrite.as_ref().and_then(|it| it.uri_regex.as_ref()) {
        regex(&rewrite.r#match, findings);
        if rewrite.rewrite.is_empty() {
            let finding = findings.at(rewrite.rewrite.span, "what takes the place of the pattern is empty");
            findings.push(finding.help("a path is never empty: write `/`"));
        }
    }
    for origin in route.cors.iter().flat_map(|it| &it.allow_origins) {
        text_match(origin, findings);
    }
}

fn text_match(condition: &TextMatch, findings: &mut Findings<'_>) {
    match condition {
        TextMatch::Regex(text) => regex(text, findings),
        TextMatch::Prefix(text) if text.is_empty() => {
            let finding = findings.at(text.span, "the prefix is empty");
            findings.push(finding.help("write `present: true` if any value is meant"));
        }
        TextMatch::Exact(_) | TextMatch::Prefix(_) | TextMatch::Present(_) | TextMatch::Absent(_) => {}
    }
}

fn regex(text: &Text, findings: &mut Findings<'_>) {
    if let Some(flaw) = pattern::flaw(text) {
        let mut finding = findings.at(text.span, format!("the pattern {flaw}"));
        if text.value == "*" {
            finding = finding.help("`present: true` is any value, `.*` any text");
        }
        findings.push(finding);
    }
}
