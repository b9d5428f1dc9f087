//! Requests are retried on conditions that Envoy knows, or on codes of HTTP.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3038",
    name: "unknown-retry-on",
    severity: Severity::Error,
    equivalents: &["VAL-VS-21", "IST0106"],
    why: "Istio refuses every other word; the words are separated by commas, and a blank is part of a word.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    retries: { attempts: 3, retryOn: "5xx, reset" } #~
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    retries: { attempts: 3, retryOn: "5xx,reset,503" }
"#,
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].retries.retryOn")], run),
};

const CONDITIONS: [&str; 16] = [
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

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !it.is_empty()) else { return };
    let unknown = |it: &&str| !CONDITIONS.contains(it) && !it.parse::<i64>().is_ok_and(is_status);
    for word in text.split(',').filter(unknown) {
        let finding = findings.at(value.span, format!("`{word}` is no condition of a retry"));
        let bare = text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>();
        if bare.iter().any(unknown) {
            // The fix of one word would replace them all.
            let mut finding = finding.suggest(word.trim(), CONDITIONS);
            finding.fix = None;
            findings.push(finding);
        } else {
            let mut finding = finding.help("write the words with nothing but commas between them");
            finding.fix = Some(bare.join(","));
            findings.push(finding);
        }
    }
}

/// Whether Go has a name for a status.
///
/// Source: `StatusText` of `net/http`.
fn is_status(code: i64) -> bool {
    matches!(
        code,
        100..=103 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=418 | 421..=426 | 428 | 429 | 431 | 451 | 500..=508 | 510 | 511
    )
}
