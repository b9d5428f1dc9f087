//! Patches that depend on each other say in which order they come.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::relative::{self, Relative};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG6213",
    name: "unordered-patch",
    severity: Severity::Warning,
    equivalents: &["IST0151"],
    why: "INSERT_BEFORE, INSERT_AFTER, REPLACE and REMOVE act on what is there already. Filters without `priority` come \
          in the order of their creation, so what is there differs from cluster to cluster.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch: { operation: INSERT_BEFORE, value: { name: example } } #~
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  priority: 10
  configPatches:
  - applyTo: HTTP_FILTER
    patch: { operation: INSERT_BEFORE, value: { name: example } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for filter in cluster.of(Sort::EnvoyFilter) {
        for Relative { patch, follows_versioned } in relative::patches(filter, &mut seen) {
            if follows_versioned {
                continue;
            }
            let message = format!("`{}` acts on what is there, and `priority` is 0", patch.operation());
            let finding = findings.on(filter, patch.operation_span(), message);
            findings.push(finding.help("say with `priority` where it comes"));
        }
    }
}
