//! A mesh to files: one document a file, in folders by layer, and the kustomization that keeps their order.

use crate::bundle::{Bundle, File, ObjectRef, Product};
use crate::kube::{KINDS, Layer, Manifest, Resource, group};
use crate::mesh::Mesh;
use crate::yaml;

/// How the files of a bundle are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One folder a layer.
    Layers,
    /// The tree of the demo's own document: `manifests/base` and `configs/*`.
    Seed,
}

/// The files of a scenario. Objects of namespaces other than the profile's stand in a folder of their own.
pub fn bundle(mesh: &Mesh, scenario: &str, namespace: &str, layout: Layout) -> Bundle {
    let mut files: Vec<File> = mesh.manifests().iter().map(|it| file(it, namespace, layout)).collect();
    let order: Vec<String> = files.iter().map(|it| it.path.clone()).collect();
    files.push(kustomization("", order.iter().map(String::as_str)));
    if layout == Layout::Seed {
        files.extend(folders(&order));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Bundle { product: Product::Manifests, scenario: scenario.to_owned(), files }
}

/// The paths of the objects, in the order of application.
pub fn paths(mesh: &Mesh, namespace: &str, layout: Layout) -> Vec<String> {
    mesh.manifests().iter().map(|it| path(it, namespace, layout)).collect()
}

fn file(manifest: &Manifest, home: &str, layout: Layout) -> File {
    let resource = &manifest.resource;
    File {
        path: path(manifest, home, layout),
        text: yaml::print(manifest),
        object: Some(ObjectRef {
            api_version: manifest.api_version().to_owned(),
            kind: resource.kind().to_owned(),
            namespace: resource.namespace().map_or("", |it| it.as_str()).to_owned(),
            name: resource.name().to_string(),
        }),
    }
}

fn path(manifest: &Manifest, home: &str, layout: Layout) -> String {
    let resource = &manifest.resource;
    let folder = match layout {
        Layout::Layers => resource.layer().word(),
        Layout::Seed => seed_folder(resource),
    };
    let namespace = resource.namespace().map_or("", |it| it.as_str());
    let below =
        if namespace.is_empty() || namespace == home { String::new() } else { format!("{namespace}/") };
    format!("{folder}/{below}{}-{}.yaml", slug(manifest), resource.name())
}

/// The folder of an object in [`Layout::Seed`]: the document that we follow keeps the Gateway with what is watched, and
/// mutual TLS apart from the other rules.
pub fn seed_folder(resource: &Resource) -> &'static str {
    match (resource.layer(), resource.kind()) {
        (Layer::Base, _) => "manifests/base",
        (Layer::Traffic, "Gateway") | (Layer::Observability, _) => "configs/observability",
        (Layer::Traffic, _) => "configs/traffic",
        (Layer::Security, "PeerAuthentication") => "configs/mtls",
        (Layer::Security, _) => "configs/security",
        (Layer::Rollout, _) => "configs/rollout",
    }
}

/// The kind in kebab case; kinds that we do not model carry their group, so that no two share a file.
fn slug(manifest: &Manifest) -> String {
    let kind = manifest.resource.kind();
    let mut slug = String::with_capacity(kind.len() + 4);
    let letters: Vec<char> = kind.chars().collect();
    for (place, letter) in letters.iter().enumerate() {
        let starts_word = place > 0 && letter.is_ascii_uppercase() && {
            letters[place - 1].is_ascii_lowercase()
                || letters.get(place + 1).is_some_and(char::is_ascii_lowercase)
        };
        if starts_word {
            slug.push('-');
        }
        slug.push(letter.to_ascii_lowercase());
    }
    let group = group(manifest.api_version());
    let known = KINDS.iter().any(|(name, its, _)| *name == kind && *its == group);
    if known || group.is_empty() { slug } else { format!("{slug}.{group}") }
}

/// A kustomization of each folder, for who wants one alone.
fn folders(order: &[String]) -> Vec<File> {
    let mut folders: Vec<&str> = order.iter().filter_map(|it| top_folder(it)).collect();
    folders.sort_unstable();
    folders.dedup();
    let inside = |folder: &str| {
        let paths = order.iter().filter_map(|it| it.strip_prefix(folder)?.strip_prefix('/'));
        kustomization(folder, paths)
    };
    folders.into_iter().map(inside).collect()
}

/// The layout's own folder of a path: its first two parts.
fn top_folder(path: &str) -> Option<&str> {
    let first = path.find('/')?;
    let second = path[first + 1..].find('/')?;
    Some(&path[..first + 1 + second])
}

/// `fifo` keeps the order of application: kustomize would sort by kind.
fn kustomization<'a>(folder: &str, paths: impl Iterator<Item = &'a str>) -> File {
    let mut text = String::from(
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nsortOptions:\n  order: fifo\nresources:\n",
    );
    for path in paths {
        text.push_str("- ");
        text.push_str(path);
        text.push('\n');
    }
    let path = if folder.is_empty() {
        "kustomization.yaml".to_owned()
    } else {
        format!("{folder}/kustomization.yaml")
    };
    File { path, text, object: None }
}
