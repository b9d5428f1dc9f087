//! A match looks at a port between 1 and 65535.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::port;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3026",
    name: "match-port-out-of-range",
    severity: Severity::Error,
    equivalents: &["VAL-VS-15", "VAL-VS-24", "VAL-VS-25", "IST0106"],
    why: "No request comes at any other port; Istio refuses the match.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ port: 80443 }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - match: [{ port: 8443 }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.http[].match[].port"),
            (Sort::VirtualService, "spec.tls[].match[].port"),
            (Sort::VirtualService, "spec.tcp[].match[].port"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    // To Istio's messages, 0 is no port at all.
    if let Some((number, Err(reason))) = value.as_whole().filter(|it| *it != 0).map(|it| (it, port(it))) {
        findings.push(
            findings
                .at(value.span, format!("`{number}` is no port: {reason}"))
                .help("write the port that requests come at"),
        );
    }
}
