//! Retries happen on conditions that Envoy knows.

use crate::check::walk::routes;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2017",
    name: "unknown-retry-condition",
    severity: Severity::Error,
    equivalents: &["VAL-VS-21"],
    why: "Istio refuses a `retryOn` that is neither a status code nor one of Envoy's words.",
    bad: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { retries: { attempts: 2, retryOn: [connect-failures, 503] } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {} }
    routes: { default: { retries: { attempts: 2, retryOn: [connect-failure, 503] } } }
",
    run,
};

const WORDS: [&str; 16] = [
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "retriable-4xx",
    "refused-stream",
    "retriable-status-codes",
    "retriable-headers",
    "envoy-ratelimited",
    "http3-post-connect-failure",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
];

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile) {
        let Some(retries) = &it.route.retries else { continue };
        for word in retries.retry_on.iter() {
            let status = word.parse::<u16>().is_ok_and(|it| (100..600).contains(&it));
            if status || WORDS.contains(&word.as_str()) {
                continue;
            }
            let finding = findings.at(word.span, format!("`{word}` is nothing that a retry can happen on"));
            findings.push(if word.contains(',') {
                finding.help("write a list: `[connect-failure, refused-stream]`")
            } else {
                finding.suggest(word, WORDS)
            });
        }
    }
}
