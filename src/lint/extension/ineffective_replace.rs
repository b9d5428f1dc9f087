//! What is replaced is something that istiod replaces.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6210",
    name: "ineffective-replace",
    severity: Severity::Error,
    equivalents: &["IST0152"],
    why: "istiod replaces filters of a listener and virtual hosts; it ignores a REPLACE of anything else.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    patch: { operation: REPLACE, value: { name: example } } #~
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  priority: 10
  configPatches:
  - applyTo: NETWORK_FILTER
    patch: { operation: REPLACE, value: { name: example } }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    // What follows a patch that is none istioctl does not look at.
    for patch in patches(filter).take_while(|it| it.change.is_some()) {
        if patch.operation() == "REPLACE"
            && !["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].contains(&patch.apply_to)
        {
            let what = if patch.apply_to.is_empty() { "INVALID" } else { patch.apply_to };
            let message = format!("`REPLACE` does nothing to `{what}`");
            let finding = findings.at(patch.operation_span(), message);
            let finding = finding.related(patch.span(), "what it is applied to");
            findings.push(
                finding.help(
                    "replace a `NETWORK_FILTER`, an `HTTP_FILTER` or a `VIRTUAL_HOST`, or write `MERGE`",
                ),
            );
        }
    }
}
