//! What the tests of lowering start from: a profile over base, and its objects as YAML.

use crate::check::{Scenario, check};
use crate::diag::Diagnostics;
use crate::lower::lower;
use crate::resolve::{Library, Loaded, Resolver, Wish};
use crate::source::{FileId, SourceMap};
use crate::yaml::print;

struct Base(FileId);

impl Library for Base {
    fn load(&mut self, _: &str, _: FileId, _: &mut SourceMap) -> Loaded {
        Loaded::Found(self.0)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The scenario of a profile.
pub fn scenario(profile: &str) -> Scenario {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let base = files.add("base.yaml", include_str!("../../profiles/base.yaml")).unwrap();
    let file = files.add("test.yaml", profile).unwrap();
    let read = Resolver::default().profile(file, &Wish::default(), &mut Base(base), &mut files, &mut diags);
    let scenario = read.and_then(|it| check("test".into(), it, &mut diags));
    scenario.unwrap_or_else(|_| panic!("{diags:#?}"))
}

/// The objects of a kind, in order, each as YAML without the labels that all of them have.
pub fn objects(kind: &str, profile: &str) -> Vec<String> {
    let mesh = lower(&scenario(profile));
    let mut objects = mesh.into_manifests();
    objects.retain(|it| it.resource.kind() == kind);
    for metadata in objects.iter_mut().filter_map(|it| it.resource.metadata_mut()) {
        metadata.labels = crate::kube::Labels::default();
    }
    objects.iter().map(|it| print(it)).collect()
}
