//! A destination has a port between 1 and 65535.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::port;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Kind;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3022",
    name: "destination-port-out-of-range",
    severity: Severity::Error,
    equivalents: &["VAL-VS-12", "IST0106"],
    why: "Istio refuses any other number, and a `port` without a number is the number 0.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, port: { number: 90800 } } }] #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews, port: { number: 9080 } } }]
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].route[].destination.port"),
            (Sort::VirtualService, "spec.tls[].route[].destination.port"),
            (Sort::VirtualService, "spec.tcp[].route[].destination.port"),
            (Sort::VirtualService, "spec.http[].mirror.port"),
            (Sort::VirtualService, "spec.http[].mirrors[].destination.port"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if !matches!(value.kind, Kind::Map(_)) {
        return;
    }
    let (number, span) = match value.entry("number") {
        Some(it) => (it.value.as_whole(), it.value.span),
        None => (Some(0), value.span),
    };
    if let Some(Err(reason)) = number.map(port) {
        let message = format!("`{}` is no port of a destination: {reason}", number.unwrap_or_default());
        findings.push(findings.at(span, message).help("write the number of a port of the Service"));
    }
}
