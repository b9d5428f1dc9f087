//! The alerts that a bundle emits, each with what it means and what to do: a chapter of the runbook.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::mesh::Mesh;
use crate::metrics::alert::ALERTS;

/// An alert of a bundle. Its chapter has its name, so that a `runbook_url` finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// As Alertmanager names it.
    name: String,
    /// As the label says.
    severity: Option<String>,
    /// What it means, where to look, what to do: of our own alerts.
    told: Option<[&'static str; 3]>,
    /// What the annotation of any other says.
    description: Option<String>,
}

/// The alerts of a mesh, each once, in the order in which rules name them; also those of the user's own rules.
pub fn chapters(mesh: &Mesh) -> Vec<Chapter> {
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    for it in mesh.manifests().iter().filter(|it| it.resource.kind() == "PrometheusRule") {
        let Ok(value) = serde_json::to_value(it) else { continue };
        let groups = value["spec"]["groups"].as_array().into_iter().flatten();
        for rule in groups.flat_map(|it| it["rules"].as_array().into_iter().flatten()) {
            if let Some(name) = rule["alert"].as_str().filter(|it| known.insert((*it).to_owned())) {
                found.push(chapter(name, rule));
            }
        }
    }
    found
}

fn chapter(name: &str, rule: &Value) -> Chapter {
    let text = |it: &Value| it.as_str().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    let annotations = &rule["annotations"];
    let ours = ALERTS.iter().find(|it| it.name == name);
    let described = || text(&annotations["description"]).or_else(|| text(&annotations["summary"]));
    Chapter {
        name: name.to_owned(),
        severity: text(&rule["labels"]["severity"]),
        told: ours.map(|it| [it.means, it.look, it.act]),
        description: if ours.is_some() { None } else { described() },
    }
}
