//! A destination is matched by an address or a network.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3051",
    name: "malformed-subnet",
    severity: Severity::Error,
    equivalents: &["VAL-VS-24", "VAL-VS-25", "IST0106"],
    why: "Istio refuses what is neither: no connection could match.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  tcp:
  - match: [{ destinationSubnets: [10.0.0.0/33] }] #~
    route: [{ destination: { host: reviews } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  tcp:
  - match: [{ destinationSubnets: [10.0.0.0/24] }]
    route: [{ destination: { host: reviews } }]
",
    run: Run::Values(
        &[
            (Sort::VirtualService, "spec.tls[].match[].destinationSubnets[]"),
            (Sort::VirtualService, "spec.tcp[].match[].destinationSubnets[]"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    if let Some((text, Err(reason))) = value.text().map(|it| (it, address::cidr(it))) {
        findings.push(
            findings
                .at(value.span, format!("`{text}` is no network: {reason}"))
                .help("write it as `10.0.0.0/8`"),
        );
    }
}
