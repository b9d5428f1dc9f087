//! A patch that looks for a filter names it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::{Patch, patches};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;

pub static RULE: Rule = Rule {
    code: "MG6203",
    name: "unfindable-filter",
    severity: Severity::Error,
    equivalents: &["VAL-EF", "IST0106"],
    why: "A filter is found by its name, and a filter within it, which only the one for HTTP has, by its own. Istio \
          refuses what it could not find.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: NETWORK_FILTER
    match:
      listener:
        filterChain:
          filter: { name: envoy.filters.network.tcp_proxy, subFilter: { name: a } } #~
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

const MANAGER: &str = "envoy.filters.network.http_connection_manager";

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let of_listeners = ["LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"];
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        if of_listeners.contains(&patch.apply_to) {
            judge(patch, findings);
        }
    }
}

fn judge(patch: Patch<'_>, findings: &mut Findings<'_>) {
    let Some(filter) = patch.filter() else { return };
    let name = filter.word("name").map_or("", Str::as_str);
    if name.is_empty() {
        let finding = findings.at(filter.span, "the filter to be found has no name");
        return findings.push(finding.help(format!("give it its `name`, as `{MANAGER}`")));
    }
    let Some(inner) = filter.entry("subFilter") else { return };
    let (message, help) = if patch.apply_to != "HTTP_FILTER" {
        let message = format!("`{}` looks for a filter within a filter", patch.apply_to);
        (message, "take `subFilter` away, or apply the patch to `HTTP_FILTER`".to_owned())
    } else if ![MANAGER, "envoy.http_connection_manager"].contains(&name) {
        (format!("`{name}` has no filters within it"), format!("look in `{MANAGER}`"))
    } else if inner.value.word("name").is_none_or(Str::is_empty) {
        let help = "give it its `name`, as `envoy.filters.http.router`";
        ("the filter to be found has no name".to_owned(), help.to_owned())
    } else {
        return;
    };
    findings.push(findings.at(inner.key.span, message).help(help));
}
