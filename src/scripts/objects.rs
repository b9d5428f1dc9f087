//! The objects of a bundle as kubectl names them: applied wave by wave, deleted the other way round.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::bundle;
use crate::kube::{Manifest, group};
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::scripts::Root;

/// As the templates of `deploy.sh` and `cleanup.sh` see it.
#[derive(Serialize)]
pub struct Objects {
    /// The folder of the manifests, from that of the scripts.
    root: String,
    /// In the order of application.
    waves: Vec<Wave>,
    /// API groups that a cluster has only with a mesh or an engine.
    groups: BTreeSet<String>,
    /// Namespaces that the bundle has.
    namespaces: Vec<String>,
    /// All others, in the order of deletion.
    removals: Vec<Removal>,
    /// How many objects there are, namespaces included.
    total: usize,
}

/// Objects that are applied together.
#[derive(Serialize)]
struct Wave {
    number: i8,
    /// What they are, for people: `2 Deployment, 1 Service`.
    title: String,
    /// From the folder of the manifests.
    files: Vec<String>,
    /// What must be up before the next wave.
    waits: Vec<Wait>,
}

/// Something that takes time to come up.
#[derive(Serialize)]
struct Wait {
    kind: &'static str,
    namespace: String,
    name: String,
}

/// Neighbours of one kind and namespace.
#[derive(Serialize)]
struct Removal {
    /// As `virtualservice.v1.networking.istio.io`.
    resource: String,
    namespace: String,
    names: Vec<String>,
}

/// Every object of the bundle.
pub fn objects(profile: &Profile, mesh: &Mesh, root: &Root<'_>) -> Objects {
    let manifests = mesh.manifests();
    let paths = bundle::paths(mesh, &profile.namespace, root.layout);
    let mut waves: Vec<Wave> = Vec::new();
    let numbered = manifests.iter().zip(&paths).collect::<Vec<_>>();
    for chunk in numbered.chunk_by(|a, b| a.0.wave == b.0.wave) {
        waves.push(Wave {
            number: chunk[0].0.wave,
            title: title(chunk.iter().map(|it| it.0.resource.kind())),
            files: chunk.iter().map(|it| it.1.clone()).collect(),
            waits: chunk.iter().filter_map(|it| wait(it.0)).collect(),
        });
    }
    let is_namespace = |it: &&Manifest| it.resource.kind() == "Namespace" && it.api_version() == "v1";
    let custom = manifests.iter().map(|it| group(it.api_version()));
    let custom = custom.filter(|it| it.contains('.') && !it.ends_with(".k8s.io"));
    let (spaces, others): (Vec<_>, Vec<_>) = manifests.iter().rev().partition(is_namespace);
    Objects {
        root: root.path.to_owned(),
        waves,
        groups: custom.map(str::to_owned).collect(),
        namespaces: spaces.iter().map(|it| it.resource.name().to_string()).collect(),
        removals: removals(&others),
        total: manifests.len(),
    }
}

fn removals(objects: &[&Manifest]) -> Vec<Removal> {
    let alike = |a: &&Manifest, b: &&Manifest| resource(a) == resource(b) && space(a) == space(b);
    let removal = |chunk: &[&Manifest]| Removal {
        resource: resource(chunk[0]),
        namespace: space(chunk[0]),
        names: chunk.iter().map(|it| it.resource.name().to_string()).collect(),
    };
    objects.chunk_by(alike).map(removal).collect()
}

/// Kind, version and group, so that no other kind of the same name is meant.
fn resource(manifest: &Manifest) -> String {
    let kind = manifest.resource.kind().to_lowercase();
    let api = manifest.api_version();
    let version = api.rsplit('/').next().unwrap_or(api);
    let group = group(api);
    if group.is_empty() { kind } else { format!("{kind}.{version}.{group}") }
}

fn space(manifest: &Manifest) -> String {
    manifest.resource.namespace().map(ToString::to_string).unwrap_or_default()
}

fn wait(manifest: &Manifest) -> Option<Wait> {
    let kind = match (manifest.resource.kind(), group(manifest.api_version())) {
        ("Deployment", "apps") => "deployment",
        ("Rollout", "argoproj.io") => "rollout",
        ("Canary", "flagger.app") => "canary",
        _ => return None,
    };
    Some(Wait { kind, namespace: space(manifest), name: manifest.resource.name().to_string() })
}

fn title<'m>(kinds: impl Iterator<Item = &'m str>) -> String {
    let kinds: Vec<&str> = kinds.collect();
    let mut parts = Vec::new();
    for chunk in kinds.chunk_by(|a, b| a == b) {
        parts.push(format!("{} {}", chunk.len(), chunk[0]));
    }
    parts.join(", ")
}
