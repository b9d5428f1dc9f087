//! What is added is something that istiod adds.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6211",
    name: "ineffective-add",
    severity: Severity::Error,
    equivalents: &["IST0153"],
    why: "istiod ignores an ADD of a whole route configuration or of a route.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_ROUTE
    patch: { operation: ADD, value: { name: example } } #~
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  priority: 10
  configPatches:
  - applyTo: CLUSTER
    patch: { operation: ADD, value: { name: example } }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    // What follows a patch that is none istioctl does not look at.
    for patch in patches(filter).take_while(|it| it.change.is_some()) {
        if patch.operation() == "ADD" && ["ROUTE_CONFIGURATION", "HTTP_ROUTE"].contains(&patch.apply_to) {
            let what = if patch.apply_to.is_empty() { "INVALID" } else { patch.apply_to };
            let message = format!("`ADD` does nothing to `{what}`");
            let finding = findings.at(patch.operation_span(), message);
            let finding = finding.related(patch.span(), "what it is applied to");
            findings.push(finding.help("write `MERGE`, or add a `VIRTUAL_HOST`"));
        }
    }
}
