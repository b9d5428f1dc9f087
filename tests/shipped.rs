//! The shipped profiles, compiled by the library alone: no files, no command line.

use meshgen::builtin::{self, PROFILES};
use meshgen::check::Scenario;
use meshgen::diag::{Diagnostics, human};
use meshgen::mesh::Mesh;
use meshgen::resolve::{Library, Loaded, Resolver, Wish};
use meshgen::source::{FileId, SourceMap};

/// The names of all scenarios.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|it| it.name).filter(|it| builtin::is_scenario(it))
}

/// A scenario compiled, and what is told about it: nothing.
pub fn compile(name: &str) -> (Scenario, Mesh) {
    let mut files = SourceMap::default();
    let mut diags = Diagnostics::default();
    let file = files.add(name, builtin::find(name).unwrap().text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Builtins, &mut files, &mut diags);
    let compiled = profile.and_then(|it| meshgen::compile(name.into(), it, &mut diags));
    let told = human::render(&diags.sorted(), &files, false);
    assert!(told.is_empty(), "{name}: a shipped profile earns no finding\n{told}");
    compiled.unwrap()
}

/// The built-in profiles, and no others.
pub struct Builtins;

impl Library for Builtins {
    fn load(&mut self, name: &str, _near: FileId, files: &mut SourceMap) -> Loaded {
        builtin::find(name).and_then(|it| files.add(it.name, it.text)).map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        PROFILES.iter().map(|it| it.name.to_owned()).collect()
    }
}
