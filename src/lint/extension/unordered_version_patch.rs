//! Patches of one filter for several versions of proxies say in which order they come.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::relative::{self, Relative};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG6214",
    name: "unordered-version-patch",
    severity: Severity::Warning,
    equivalents: &["IST0155"],
    why: "A patch for proxies of one version and another of the same filter both apply where the version fits; without \
          `priority` nobody knows which comes first.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    match: { proxy: { proxyVersion: '1\\.24.*' } }
    patch: { operation: INSERT_FIRST, value: { name: example } }
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
    match: { proxy: { proxyVersion: '1\\.24.*' } }
    patch: { operation: INSERT_FIRST, value: { name: example } }
  - applyTo: HTTP_FILTER
    patch: { operation: INSERT_BEFORE, value: { name: example } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for filter in cluster.of(Sort::EnvoyFilter) {
        for Relative { patch, follows_versioned } in relative::patches(filter, &mut seen) {
            if !follows_versioned {
                continue;
            }
            let message = format!(
                "`{}` acts on a filter that is patched for one version of proxies, too, and `priority` is 0",
                patch.operation()
            );
            let finding = findings.on(filter, patch.operation_span(), message);
            findings.push(finding.help("say with `priority` where it comes"));
        }
    }
}
