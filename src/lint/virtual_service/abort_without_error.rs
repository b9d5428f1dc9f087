//! An abort says with which error.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3043",
    name: "abort-without-error",
    severity: Severity::Warning,
    equivalents: &["VAL-VS-22W"],
    why: "Envoy aborts nothing without one. Istio's validator has a warning of it, which gets lost on the way to the user.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { percentage: { value: 10 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503, percentage: { value: 10 } } }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for entry in http(object).filter_map(|it| it.get("fault")?.entry("abort")) {
        let has = ["httpStatus", "grpcStatus", "http2Error"].iter().any(|it| entry.value.has(it));
        if matches!(entry.value.kind, Kind::Map(_)) && !has {
            let finding = findings.at(entry.key.span, "this abort has no error, so it aborts nothing");
            findings.push(finding.help("give it `httpStatus` or `grpcStatus`"));
        }
    }
}
