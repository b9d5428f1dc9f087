//! The paths that a scenario is to have, proved fit for a folder.

use std::collections::BTreeSet;

use crate::bundle::inventory;
use crate::bundle::{Bundle, File};
use crate::outdir::Problem;

const BUG: &str = "this is a mistake in meshgen: please report it";

/// The paths of a bundle and the folders above them.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// In the order of the bundle.
    pub files: &'a [File],
    /// Theirs.
    pub paths: BTreeSet<&'a str>,
    /// Those above them.
    pub folders: BTreeSet<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Nothing at all.
    pub fn none() -> Self {
        Self { files: &[], paths: BTreeSet::new(), folders: BTreeSet::new() }
    }

    /// Refuses what the maker of the bundle should never have made.
    pub fn of(bundle: &'a Bundle) -> Result<Self, Problem> {
        check_scenario(&bundle.scenario)?;
        let mut wanted = Self { files: &bundle.files, ..Self::none() };
        for file in &bundle.files {
            if let Some(fault) = inventory::fault(&file.path) {
                return Err(Problem::refused(
                    format!("the path `{}` {fault}", file.path.escape_debug()),
                    BUG,
                ));
            }
            if !wanted.paths.insert(&file.path) {
                return Err(Problem::refused(format!("two files would be written to `{}`", file.path), BUG));
            }
            wanted.folders.extend(above(&file.path));
        }
        match wanted.folders.intersection(&wanted.paths).next() {
            Some(both) => Err(Problem::refused(format!("`{both}` would be a file and a folder"), BUG)),
            None => Ok(wanted),
        }
    }

    /// Whether a stale file or folder stands where something else is to be written.
    pub fn bars(&self, stale: &str) -> bool {
        let here = self.folders.contains(stale) || self.paths.contains(stale);
        here || above(stale).any(|it| self.paths.contains(it))
    }
}

/// A scenario's name is one part of a path.
pub fn check_scenario(name: &str) -> Result<(), Problem> {
    let fault = inventory::fault(name).or_else(|| name.contains('/').then_some("holds a `/`"));
    let refuse = |it| {
        let line = format!("the scenario's name `{}` {it}", name.escape_debug());
        Problem::refused(line, "name it as a folder could be named")
    };
    fault.map_or(Ok(()), |it| Err(refuse(it)))
}

/// The folders that a path goes through.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
