//! For tests: a few lines of a profile that need not say images, ports and the namespace `demo`; and its objects.

use crate::kube::Manifest;
use crate::lower::{lower, testing};
use crate::mesh::Mesh;
use crate::yaml;

const GROUND: &str = "
namespace: demo
defaults:
  service: { ports: { http: { number: 80, target: 8080 } } }
  version: { image: 'example/app:1' }
  client: { image: 'example/client:1' }
";

/// The mesh.
pub fn mesh(example: &str) -> Mesh {
    lower(&testing::scenario(&format!("{GROUND}{example}")))
}

/// One object as YAML; empty where it is not there.
pub fn object(example: &str, kind: &str, name: &str) -> String {
    let wanted = |it: &&Manifest| it.resource.kind() == kind && it.resource.name().as_str() == name;
    mesh(example).manifests().iter().find(wanted).map(yaml::print).unwrap_or_default()
}

/// The names of all objects of a kind, each after its namespace, in the order of application.
pub fn names(example: &str, kind: &str) -> Vec<String> {
    let mesh = mesh(example);
    let all = mesh.manifests().iter().map(|it| &it.resource).filter(|it| it.kind() == kind);
    all.map(|it| it.namespace().map_or_else(String::new, |space| format!("{space}/")) + it.name()).collect()
}

/// The objects of a kind, in the order of application, each as YAML without its labels.
pub fn objects(kind: &str, example: &str) -> Vec<String> {
    let mut all = mesh(example).into_manifests();
    all.retain(|it| it.resource.kind() == kind);
    for metadata in all.iter_mut().filter_map(|it| it.resource.metadata_mut()) {
        metadata.labels = crate::kube::Labels::default();
    }
    all.iter().map(yaml::print).collect()
}
