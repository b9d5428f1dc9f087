//! A fault delays requests or aborts them.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Kind;

pub static RULE: Rule = Rule {
    code: "MG3039",
    name: "empty-fault",
    severity: Severity::Error,
    equivalents: &["VAL-VS-22", "IST0106"],
    why: "A fault that does neither is none; Istio refuses it.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    fault: {} #~
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
    for entry in http(object).filter_map(|it| it.entry("fault")) {
        if matches!(entry.value.kind, Kind::Map(_)) && !entry.value.has("abort") && !entry.value.has("delay")
        {
            let finding = findings.at(entry.key.span, "this fault has neither `delay` nor `abort`");
            findings.push(finding.help("say what goes wrong, or take it away"));
        }
    }
}
