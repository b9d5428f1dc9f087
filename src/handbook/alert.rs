//! The alerts that a bundle emits, each with what it means and what to do: a chapter of the runbook.

use serde::Serialize;
use serde_json::Value;

use crate::mesh::Mesh;

/// An alert of a bundle. Its chapter has its name, so that a `runbook_url` finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// As Alertmanager names it.
    pub name: String,
    /// As the label says.
    pub severity: Option<String>,
    /// What it means and what to do, as its annotation says.
    pub description: Option<String>,
}

/// The alerts of a mesh, each once, in the order in which rules name them; also those of the user's own rules.
pub fn alerts(mesh: &Mesh) -> Vec<Alert> {
    let mut found: Vec<Alert> = Vec::new();
    for it in mesh.manifests().iter().filter(|it| it.resource.kind() == "PrometheusRule") {
        let Ok(value) = serde_json::to_value(it) else { continue };
        let groups = value["spec"]["groups"].as_array().into_iter().flatten();
        for rule in groups.flat_map(|it| it["rules"].as_array().into_iter().flatten()) {
            let Some(name) = rule["alert"].as_str() else { continue };
            if !found.iter().any(|it| it.name == name) {
                found.push(alert(name, rule));
            }
        }
    }
    found
}

fn alert(name: &str, rule: &Value) -> Alert {
    let text = |it: &Value| it.as_str().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    let annotations = &rule["annotations"];
    Alert {
        name: name.to_owned(),
        severity: text(&rule["labels"]["severity"]),
        description: text(&annotations["description"]).or_else(|| text(&annotations["summary"])),
    }
}
