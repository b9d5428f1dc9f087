//! A patch says what it changes, how, and into what.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6201",
    name: "incomplete-patch",
    severity: Severity::Error,
    equivalents: &["VAL-EF", "IST0106"],
    why: "Istio refuses a patch of Envoy's configuration without `applyTo`, without operation, and, unless it removes \
          something, without value.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER #~
    patch: { operation: INSERT_FIRST }
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch: { operation: INSERT_FIRST, value: { name: example } }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints()) {
        if let Some(lacking) = patch.lacks() {
            let finding = findings.at(patch.span(), format!("a patch has no `{lacking}`"));
            findings.push(finding.help(format!("write its `{lacking}`")));
        }
    }
}
