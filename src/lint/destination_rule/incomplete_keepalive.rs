//! HTTP/2 keepalive says how often it asks and how long it waits.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONNECTION_POOLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3109",
    name: "incomplete-keepalive",
    severity: Severity::Error,
    equivalents: &["VAL-DR-05", "IST0106"],
    why: "Istio refuses `http2KeepAlive` without `interval` or without `timeout`: the proxy has no default for either.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { http: { http2KeepAlive: { interval: 30s } } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { http: { http2KeepAlive: { interval: 30s, timeout: 5s } } } } }
",
    run: Run::Values(CONNECTION_POOLS, run),
};

fn run(pool: &Node, findings: &mut Findings<'_>) {
    let Some(keepalive) = pool.at(&["http", "http2KeepAlive"]).filter(|it| !it.is_null()) else { return };
    for key in ["interval", "timeout"].into_iter().filter(|it| !keepalive.has(it)) {
        let finding = findings.at(keepalive.span, format!("`http2KeepAlive` has no `{key}`"));
        findings.push(finding.help(format!("add `{key}`, for example `{key}: 30s`")));
    }
}
