//! A limit of 0 is no limit.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3540",
    name: "unlimited-pool",
    severity: Severity::Warning,
    equivalents: &["MG-35"],
    why: "Istio reads 0 as not set, and what is not set is practically without limit: who wants to close a pool opens it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy: { connectionPool: { tcp: { maxConnections: 0 } } } #~
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
",
    run: Run::Values(
        &[
            (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.tcp.maxConnections"),
            (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.http.http1MaxPendingRequests"),
            (Sort::DestinationRule, "spec.trafficPolicy.connectionPool.http.http2MaxRequests"),
            (
                Sort::DestinationRule,
                "spec.trafficPolicy.portLevelSettings[].connectionPool.tcp.maxConnections",
            ),
            (
                Sort::DestinationRule,
                "spec.trafficPolicy.portLevelSettings[].connectionPool.http.http1MaxPendingRequests",
            ),
            (
                Sort::DestinationRule,
                "spec.trafficPolicy.portLevelSettings[].connectionPool.http.http2MaxRequests",
            ),
            (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.tcp.maxConnections"),
            (
                Sort::DestinationRule,
                "spec.subsets[].trafficPolicy.connectionPool.http.http1MaxPendingRequests",
            ),
            (Sort::DestinationRule, "spec.subsets[].trafficPolicy.connectionPool.http.http2MaxRequests"),
            (
                Sort::DestinationRule,
                "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.tcp.maxConnections",
            ),
            (
                Sort::DestinationRule,
                "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.http1MaxPendingRequests",
            ),
            (
                Sort::DestinationRule,
                "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool.http.http2MaxRequests",
            ),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if value.as_whole() == Some(0) {
        findings.push(
            findings.at(value.span, "0 is no limit at all").help("write the limit that is meant, at least 1"),
        );
    }
}
