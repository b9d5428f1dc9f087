//! A filter that is put into Envoy has its configuration.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG6209",
    name: "filter-without-config",
    severity: Severity::Warning,
    equivalents: &["VAL-EF", "IST0133"],
    why: "The type of its configuration says which filter it is. Envoy looks filters up by their bare name for the \
          time being only.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch: { operation: INSERT_FIRST, value: { name: envoy.filters.http.cors } } #~
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch:
      operation: INSERT_FIRST
      value:
        name: envoy.filters.http.cors
        typed_config: { '@type': type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

const CONFIGS: [&str; 4] = ["typed_config", "typedConfig", "config_discovery", "configDiscovery"];

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        let of_filters = match patch.apply_to {
            "HTTP_FILTER" | "NETWORK_FILTER" | "LISTENER_FILTER" => &CONFIGS[..],
            "EXTENSION_CONFIG" => &CONFIGS[..2],
            _ => continue,
        };
        let Some(value) = patch.value().filter(|it| !of_filters.iter().any(|key| it.has(key))) else {
            continue;
        };
        let name = value.get("name");
        let what = name.and_then(Node::text).map_or("", |it| it.as_str());
        let span = name.map_or(value.span, |it| it.span);
        let finding = findings.at(span, format!("the filter `{what}` has no `typed_config`"));
        findings.push(finding.help("give it one, with its `@type`"));
    }
}
