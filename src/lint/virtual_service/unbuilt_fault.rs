//! Two kinds of faults have a name, and nobody has built them.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3041",
    name: "unbuilt-fault",
    severity: Severity::Error,
    equivalents: &["VAL-VS-22", "IST0106"],
    why: "Istio refuses `http2Error` and `exponentialDelay`: neither it nor Envoy does anything with them.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { http2Error: REFUSED_STREAM } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503 } }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for fault in http(object).filter_map(|it| it.get("fault")) {
        for (part, key, help) in [
            ("abort", "http2Error", "write `httpStatus` or `grpcStatus`"),
            ("delay", "exponentialDelay", "write `fixedDelay`"),
        ] {
            if let Some(entry) = fault.get(part).and_then(|it| it.entry(key)) {
                findings
                    .push(findings.at(entry.key.span, format!("Istio does not support `{key}`")).help(help));
            }
        }
    }
}
