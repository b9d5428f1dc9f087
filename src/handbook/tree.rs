//! The tree of files that `render --layout seed` writes, folder by folder.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bundle::seed_folder;
use crate::mesh::Mesh;

/// A folder and what is in it.
#[derive(Serialize)]
pub struct Folder {
    path: &'static str,
    kinds: String,
}

/// The folders of a mesh, sorted, each with its kinds and how many there are.
pub fn folders(mesh: &Mesh) -> Vec<Folder> {
    let mut found: BTreeMap<&'static str, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in mesh.manifests() {
        *found.entry(seed_folder(&it.resource)).or_default().entry(it.resource.kind()).or_default() += 1;
    }
    let told =
        |(kind, count): (&str, usize)| if count == 1 { kind.to_owned() } else { format!("{count} {kind}") };
    let folder = |(path, kinds): (&'static str, BTreeMap<&str, usize>)| Folder {
        path,
        kinds: kinds.into_iter().map(told).collect::<Vec<_>>().join(", "),
    };
    // Manifests first, as the document that the tree follows has them.
    let (base, configs): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(path, _)| path.starts_with("manifests"));
    base.into_iter().chain(configs).map(folder).collect()
}
