//! What the proxy answers by itself is an answer that it can give.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::traffic::TextMatch;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2029",
    name: "unusable-answer",
    severity: Severity::Error,
    equivalents: &["VAL-VS-20", "VAL-VS-23"],
    why: "Istio refuses an answer of more than one MiB, an empty origin, and an age of a CORS answer that is not in whole \
          seconds.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes:
      default:
        split: { v1: 100 }
        cors:
          allowOrigins: [''] #~
          maxAge: 1500ms #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { split: { v1: 100 }, cors: { allowOrigins: ['https://example.com'], maxAge: 24h } } }
",
    run,
};

/// In bytes.
const MOST: usize = 1024 * 1024;

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let body = it.route.respond.as_ref().and_then(|it| it.body.as_ref());
        if let Some(body) = body.filter(|it| it.len() >= MOST) {
            let finding = findings.at(body.span, format!("the answer of {it} has {} bytes", body.len()));
            findings.push(finding.help("every proxy keeps it in memory: let a service answer"));
        }
        let Some(cors) = &it.route.cors else { continue };
        for origin in &cors.allow_origins {
            match origin {
                TextMatch::Exact(text) if text.is_empty() => {
                    let finding = findings.at(text.span, format!("{it} allows an empty origin"));
                    findings.push(finding.help("write `https://example.com`, or `*` for any"));
                }
                TextMatch::Present(span) | TextMatch::Absent(span) => {
                    let finding = findings.at(*span, "an origin is compared by its text");
                    findings.push(finding.help("`*` is any origin"));
                }
                TextMatch::Exact(_) | TextMatch::Prefix(_) | TextMatch::Regex(_) => {}
            }
        }
        if let Some(age) = cors.max_age.as_ref().filter(|it| !it.millis().is_multiple_of(1000)) {
            let finding = findings.at(age.span, format!("`{}` is not a whole number of seconds", age.value));
            findings.push(finding.help("browsers count in seconds"));
        }
    }
}
