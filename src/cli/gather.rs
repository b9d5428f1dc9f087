//! Which files of a folder are meant: what ends like a manifest, is not hidden and not in a `.gitignore`.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::library::explain;
use crate::glob::Ignore;

/// What a folder holds beside manifests: what lists them, or makes them. None is a manifest itself.
const NO_MANIFESTS: [&str; 8] = [
    "kustomization.yaml",
    "kustomization.yml",
    "kustomization.json",
    "Chart.yaml",
    "Chart.lock",
    "values.yaml",
    "values.yml",
    "values.schema.json",
];
/// Deeper than anybody nests folders.
const DEEPEST: usize = 64;

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, as the user would write it.
    pub path: PathBuf,
    /// Whether the user named it: then it is meant, whatever it holds.
    pub named: bool,
    /// Whether it lies among the templates of a Helm chart.
    pub in_chart: bool,
}

/// What is left out of folders, beside what their own `.gitignore`s say.
#[derive(Debug, Default)]
pub struct Exclude {
    /// The folder that the patterns start from, without links.
    pub base: PathBuf,
    /// The patterns.
    pub patterns: Ignore,
}

/// Walks through folders.
pub struct Walk<'a> {
    exclude: &'a Exclude,
    /// From the root of the repository to the folder at hand.
    ignores: Vec<(PathBuf, Ignore)>,
    found: Vec<Found>,
}

impl<'a> Walk<'a> {
    /// The files that a path means: a folder means all below, anything else itself.
    ///
    /// # Errors
    /// A folder that cannot be read, or nests without end.
    pub fn files(path: &Path, exclude: &'a Exclude) -> anyhow::Result<Vec<Found>> {
        if path == Path::new("-") || !path.is_dir() {
            return Ok(vec![Found { path: path.to_owned(), named: true, in_chart: false }]);
        }
        let real = fs::canonicalize(path).map_err(|it| cannot(path, &it))?;
        let mut walk = Self { exclude, ignores: above(&real), found: Vec::new() };
        walk.folder(path, &real, false, 0)?;
        Ok(walk.found)
    }

    fn folder(&mut self, shown: &Path, real: &Path, in_chart: bool, depth: usize) -> anyhow::Result<()> {
        if depth > DEEPEST {
            anyhow::bail!("`{}` lies more than {DEEPEST} folders deep", shown.display());
        }
        let entries = fs::read_dir(shown).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|it| cannot(shown, &it))?;
        let heads_chart = entries.iter().any(|it| it.file_name() == "Chart.yaml");
        let outer = self.ignores.len();
        self.ignores.extend(ignore_of(real));
        // A link to a folder is not followed: it may lead back here.
        let kind = |it: &fs::DirEntry| it.file_type().is_ok_and(|kind| kind.is_dir());
        let mut entries: Vec<_> = entries.into_iter().map(|it| (it.file_name(), kind(&it))).collect();
        entries.sort();
        for (name, is_folder) in entries {
            let (shown, real) = (shown.join(&name), real.join(&name));
            if is_hidden(&shown) || self.is_left_out(&real, is_folder) {
                continue;
            }
            if is_folder {
                let in_chart = in_chart || heads_chart && name == "templates";
                self.folder(&shown, &real, in_chart, depth + 1)?;
            } else if is_manifest(&shown) {
                let path = shown.strip_prefix(".").map(Path::to_owned).unwrap_or(shown);
                self.found.push(Found { path, named: false, in_chart });
            }
        }
        self.ignores.truncate(outer);
        Ok(())
    }

    fn is_left_out(&self, real: &Path, is_folder: bool) -> bool {
        let own = [(&self.exclude.base, &self.exclude.patterns)];
        let ignores = self.ignores.iter().rev().map(|(base, ignore)| (base, ignore));
        let said = |(base, ignore): (&PathBuf, &Ignore)| {
            let path = real.strip_prefix(base).ok()?;
            ignore.decides(&path.to_string_lossy().replace('\\', "/"), is_folder)
        };
        own.into_iter().find_map(said) == Some(true) || ignores.into_iter().find_map(said) == Some(true)
    }
}

/// The `.gitignore`s above a folder, from the root of its repository down; none where there is no repository.
fn above(real: &Path) -> Vec<(PathBuf, Ignore)> {
    let Some(root) = real.ancestors().find(|it| it.join(".git").exists()) else { return Vec::new() };
    let mut folders: Vec<&Path> = real.ancestors().skip(1).take_while(|it| it.starts_with(root)).collect();
    folders.reverse();
    folders.into_iter().filter_map(ignore_of).collect()
}

fn ignore_of(real: &Path) -> Option<(PathBuf, Ignore)> {
    let text = fs::read(real.join(".gitignore")).ok()?;
    Some((real.to_owned(), Ignore::parse(&String::from_utf8_lossy(&text))))
}

fn cannot(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot read the folder `{}`: {}", path.display(), explain(error))
}

fn is_manifest(path: &Path) -> bool {
    let ends = path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json");
    let lists = path.file_name().is_some_and(|name| NO_MANIFESTS.iter().any(|it| name == *it));
    ends && !lists && path.is_file()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Exclude, Walk};
    use crate::glob::Ignore;

    fn below(folder: &Path, exclude: &Exclude) -> Vec<String> {
        let found = Walk::files(folder, exclude).unwrap();
        let path = |it: &super::Found| it.path.strip_prefix(folder).unwrap().display().to_string();
        found.iter().map(path).collect()
    }

    #[test]
    fn a_folder_is_walked_as_git_would() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for path in [
            "b.yaml",
            "a.yml",
            "c.json",
            "d.txt",
            ".hidden/a.yaml",
            ".a.yaml",
            "kustomization.yaml",
            "gen/a.yaml",
            "gen/keep.yaml",
            "deep/x.yaml",
            "deep/y.yaml",
            "deep/gen/z.yaml",
            "out/a.yaml",
        ] {
            put(path, "");
        }
        put(".gitignore", "gen/*\n!keep.yaml\n/out\n");
        put("deep/.gitignore", "x.yaml\n!gen/*\n");
        assert_eq!(
            below(folder.path(), &Exclude::default()),
            ["a.yml", "b.yaml", "c.json", "deep/gen/z.yaml", "deep/y.yaml", "gen/keep.yaml"]
        );
        let base = fs::canonicalize(folder.path()).unwrap();
        let exclude = Exclude { base, patterns: Ignore::of(["deep", "*.json"]) };
        assert_eq!(below(folder.path(), &exclude), ["a.yml", "b.yaml", "gen/keep.yaml"]);
    }

    #[test]
    fn what_the_repository_ignores_counts_below_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::create_dir_all(folder.path().join("manifests/gen")).unwrap();
        fs::write(folder.path().join(".gitignore"), "/manifests/gen\n").unwrap();
        fs::write(folder.path().join("manifests/gen/a.yaml"), "").unwrap();
        fs::write(folder.path().join("manifests/b.yaml"), "").unwrap();
        let manifests = folder.path().join("manifests");
        assert_eq!(below(&manifests, &Exclude::default()), ["b.yaml"]);
        assert_eq!(below(&manifests.join("gen"), &Exclude::default()), ["a.yaml"]);
    }
}
