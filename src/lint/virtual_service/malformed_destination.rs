//! A destination is the name of a host.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::host;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3020",
    name: "malformed-destination",
    severity: Severity::Error,
    equivalents: &["VAL-VS-12", "IST0106"],
    why: "Istio refuses a name that no service can have; `*` is none of a destination.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: "reviews:9080" } }] #~
"#,
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
            (Sort::VirtualService, "spec.http[].route[].destination.host"),
            (Sort::VirtualService, "spec.tls[].route[].destination.host"),
            (Sort::VirtualService, "spec.tcp[].route[].destination.host"),
            (Sort::VirtualService, "spec.http[].mirror.host"),
            (Sort::VirtualService, "spec.http[].mirrors[].destination.host"),
        ],
        run,
    ),
};

fn run(value: &Node, findings: &mut Findings<'_>) {
    let Some(text) = value.text() else { return };
    let verdict =
        if text == "*" { Err("it stands for every host".to_owned()) } else { host::wildcard_host(text) };
    if let Err(reason) = verdict {
        let finding = findings.at(value.span, format!("`{text}` is no host of a destination: {reason}"));
        findings.push(
            finding.help("write the name of a service, as `reviews` or `reviews.shop.svc.cluster.local`"),
        );
    }
}
