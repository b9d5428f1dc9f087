//! A cookie that tells callers apart has a name, and so does each of its attributes, once.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONSISTENT_HASHES;
use crate::lint::{Findings, Rule, Run};
use crate::source::Str;
use crate::yaml::Node;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "MG3114",
    name: "unclear-cookie",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "IST0106"],
    why: "Istio refuses cookies and attributes without a name and an attribute that is there twice.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: \"\", ttl: 0s } } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: user, ttl: 0s } } } } }
",
    run: Run::Values(CONSISTENT_HASHES, run),
};

fn run(hash: &Node, findings: &mut Findings<'_>) {
    let Some(cookie) = hash.get("httpCookie").filter(|it| !it.is_null()) else { return };
    // A key that is not there at all is missed by the shape of the kind.
    if let Some(name) = cookie.get("name").filter(|it| it.text().is_some_and(Str::is_empty)) {
        findings.push(findings.at(name.span, "the cookie has no name").help("name the cookie"));
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for name in cookie.list("attributes").iter().filter_map(|it| it.get("name")) {
        let Some(text) = name.text() else { continue };
        if text.is_empty() {
            findings.push(findings.at(name.span, "an attribute of the cookie has no name").help("name it"));
        } else if !taken.insert(text) {
            let message = format!("the cookie has the attribute `{text}` twice");
            findings.push(findings.at(name.span, message).help("keep one of them"));
        }
    }
}
