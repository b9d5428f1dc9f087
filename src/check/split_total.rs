//! The shares of a split total 100.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2001",
    name: "split-total",
    severity: Severity::Error,
    equivalents: &["MG-20", "KIA1104"],
    why: "Istio takes weights of any total and scales them, so `v1: 90, v2: 20` silently means 82 and 18 percent. \
          That weights must total 100 is our rule, so that a profile says what it means.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 20 } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 10 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (id, service) in profile.services.iter() {
        for (name, route) in service.routes.iter() {
            let total: u64 = route.split.values().map(|it| u64::from(it.value.0)).sum();
            let Some(last) = route.split.values().last().filter(|_| total != 100) else { continue };
            let span = route.split.iter().map(|(version, _)| version.span).next().unwrap_or(Span::NONE);
            let message = format!("shares of route `{name}` of `{id}` add up to {total}, not 100");
            findings.push(findings.at(span.to(last.span), message).help("weights of a split are percents"));
        }
    }
}
