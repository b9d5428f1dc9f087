//! A fault aborts gRPC with the name of a status.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3042",
    name: "unknown-grpc-status",
    severity: Severity::Error,
    equivalents: &["VAL-VS-22", "IST0106"],
    why: "Istio turns the name into its number and refuses names that gRPC does not have.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { grpcStatus: NOT_AVAILABLE } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { grpcStatus: UNAVAILABLE } }
",
    run: Run::Values(&[(Sort::VirtualService, "spec.http[].fault.abort.grpcStatus")], run),
};

const STATUSES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text().filter(|it| !STATUSES.contains(&it.as_str())) else { return };
    findings.push(findings.at(value.span, format!("`{text}` is no status of gRPC")).suggest(text, STATUSES));
}
