//! For tests: a few lines of a profile, lowered.

use crate::builtin;
use crate::check::check;
use crate::diag::Diagnostics;
use crate::lower::lower;
use crate::mesh::Mesh;
use crate::resolve::{Library, Loaded, Resolver, Wish};
use crate::source::{FileId, SourceMap};
use crate::yaml;

/// What an example need not say.
const GROUND: &str = "
extends: base
namespace: demo
defaults:
  service: { ports: { http: { number: 80, target: 8080 } } }
  version: { image: 'example/app:1' }
  client: { image: 'example/client:1' }
";

/// The ground, and whatever is part of the program.
struct Ground;

impl Library for Ground {
    fn load(&mut self, name: &str, _near: FileId, files: &mut SourceMap) -> Loaded {
        let text = if name == "ground" { Some(GROUND) } else { builtin::find(name).map(|it| it.text) };
        text.and_then(|text| files.add(name, text)).map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The mesh of an example, which stands on a ground that has images, ports and the namespace `demo`.
pub fn mesh(example: &str) -> Mesh {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let text = format!("extends: ground\n{example}");
    let file = files.add("example.yaml", &text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Ground, &mut files, &mut diags);
    let scenario = profile.and_then(|it| check("example".into(), it, &mut diags));
    let Ok(scenario) = scenario else { panic!("{text}\n{:#?}", diags.sorted()) };
    lower(&scenario)
}

/// One object of an example's mesh as YAML; empty where it is not there.
pub fn object(example: &str, kind: &str, name: &str) -> String {
    let mesh = mesh(example);
    let wanted =
        |it: &&crate::kube::Manifest| it.resource.kind() == kind && it.resource.name().as_str() == name;
    mesh.manifests().iter().find(wanted).map(yaml::print).unwrap_or_default()
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
