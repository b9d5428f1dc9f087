//! A limit of a connection pool is not negative.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONNECTION_POOLS;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3110",
    name: "negative-limit",
    severity: Severity::Error,
    equivalents: &["VAL-DR-05", "IST0106"],
    why: "Istio refuses negative limits. Leave a limit out, or set 0, to have the default.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } } }
",
    run: Run::Values(CONNECTION_POOLS, run),
};

const LIMITS: &[(&str, &str)] = &[
    ("tcp", "maxConnections"),
    ("http", "http1MaxPendingRequests"),
    ("http", "http2MaxRequests"),
    ("http", "maxRequestsPerConnection"),
    ("http", "maxRetries"),
    ("http", "maxConcurrentStreams"),
];

fn run(pool: &Node, findings: &mut Findings<'_>) {
    for (block, key) in LIMITS {
        let Some(limit) = pool.at(&[block, key]) else { continue };
        if let Some(value) = limit.as_whole().filter(|it| *it < 0) {
            let finding = findings.at(limit.span, format!("`{key}` is {value}, which is less than 0"));
            findings.push(finding.help("leave it out to have no limit of your own"));
        }
    }
}
