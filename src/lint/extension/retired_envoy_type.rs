//! What is put into Envoy's configuration is of the API that Envoy has.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG6208",
    name: "retired-envoy-type",
    severity: Severity::Error,
    equivalents: &["VAL-EF", "IST0106"],
    why: "Envoy dropped version 2 of its API long ago; Istio refuses a patch with a type of it.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch:
      operation: INSERT_FIRST
      value:
        name: envoy.filters.http.lua
        typed_config:
          '@type': type.googleapis.com/envoy.config.filter.http.lua.v2.Lua #~
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
        name: envoy.filters.http.lua
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        if let Some(value) = patch.value() {
            look(value, findings);
        }
    }
}

fn look(node: &Node, findings: &mut Findings<'_>) {
    for entry in node.entries() {
        match entry.value.text() {
            Some(name) if entry.key.as_str() == "@type" && is_retired(name) => {
                let message = format!("`{name}` is a type of version 2 of Envoy's API");
                findings.push(findings.at(entry.value.span, message).help("name the type of version 3"));
            }
            _ => look(&entry.value, findings),
        }
    }
    node.items().iter().for_each(|it| look(it, findings));
}

fn is_retired(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("envoy.") && name.contains(".v2.")
}
