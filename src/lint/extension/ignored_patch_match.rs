//! What a patch says has an effect.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::{Patch, patches};
use crate::lint::words::regex::LONGEST;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6205",
    name: "ignored-patch-match",
    severity: Severity::Warning,
    equivalents: &["VAL-EF", "IST0133"],
    why: "A listener and a filter chain are patched whole: which filter they have is not looked at. And Istio ignores \
          an expression for `proxyVersion` of more than 1024 characters.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: LISTENER
    match:
      listener:
        filterChain:
          filter: { name: envoy.filters.network.tcp_proxy } #~
    patch: { operation: REMOVE }
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: NETWORK_FILTER
    match:
      listener:
        filterChain:
          filter: { name: envoy.filters.network.tcp_proxy }
    patch: { operation: REMOVE }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        judge(patch, findings);
    }
}

fn judge(patch: Patch<'_>, findings: &mut Findings<'_>) {
    if let Some(version) = patch.matches.and_then(|it| it.at(&["proxy", "proxyVersion"]))
        && version.text().is_some_and(|it| it.len() > LONGEST)
    {
        let message = format!("`proxyVersion` is longer than {LONGEST} characters, and ignored");
        findings.push(findings.at(version.span, message).help("shorten the expression"));
    }
    if ["LISTENER", "FILTER_CHAIN"].contains(&patch.apply_to)
        && let Some(filter) = patch.filter()
    {
        let message = format!("which filter is matched does not matter to `{}`", patch.apply_to);
        let finding = findings.at(filter.span, message).related(patch.span(), "what the patch changes");
        findings.push(finding.help("take the match away, or apply the patch to `NETWORK_FILTER`"));
    }
}
