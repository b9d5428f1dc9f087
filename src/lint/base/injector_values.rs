//! The values that Istio's injectors were installed with: a text of JSON in a ConfigMap for each revision.
//!
//! Source: `GetInjectorConfigMapName` of `pkg/config/analysis/analyzers/util/config.go`.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::lint::base::embedded::embedded;
use crate::mesh::Cluster;
use crate::mesh::object::NOTHING;
use crate::yaml::Node;

const NAME: &str = "istio-sidecar-injector";

/// The values by the name of the ConfigMap that has them.
pub fn injector_values(cluster: &Cluster) -> BTreeMap<&str, Node> {
    let all = cluster.of(Sort::ConfigMap).filter(|it| it.name.starts_with(NAME));
    let values = all.map(|it| {
        let text = it.node.get("data").and_then(|it| it.word("values"));
        (it.name.as_str(), text.and_then(|it| embedded(it)).unwrap_or_else(|| NOTHING.clone()))
    });
    values.collect()
}

/// The name of the ConfigMap of a revision.
pub fn config_map_of(revision: &str) -> String {
    if revision.is_empty() || revision == "default" { NAME.to_owned() } else { format!("{NAME}-{revision}") }
}
