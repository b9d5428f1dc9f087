//! A fault says how many requests it disturbs.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3061",
    name: "fault-of-nothing",
    severity: Severity::Warning,
    equivalents: &["MG-11"],
    why: "Without a percentage it disturbs none.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503 } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: { abort: { httpStatus: 503, percentage: { value: 100 } } }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for fault in http(object).filter_map(|it| it.get("fault")) {
        for (key, kinds) in [("abort", &["httpStatus", "grpcStatus"][..]), ("delay", &["fixedDelay"])] {
            let Some(entry) = fault.entry(key).filter(|it| kinds.iter().any(|kind| it.value.has(kind)))
            else {
                continue;
            };
            let counted =
                entry.value.has("percentage") || entry.value.whole("percent").is_some_and(|it| it > 0);
            if !counted {
                let message = format!("this {key} has no percentage, so it never happens");
                findings.push(
                    findings.at(entry.key.span, message).help("write `percentage: { value: 100 }` or less"),
                );
            }
        }
    }
}
