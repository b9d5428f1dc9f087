//! Where profiles are found by name: beside the one that asks, in the folder of profiles, among the built-in ones.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::builtin;
use crate::resolve::{Library, Loaded};
use crate::source::{FileId, SourceMap};

/// More than any profile; keeps an endless device from filling the memory.
pub const LARGEST: u64 = 256 << 20;

/// The folder of profiles of users who name none. It alone may be missing: the built-in profiles are then all there is.
pub const DEFAULT_FOLDER: &str = "profiles";

/// What a path may lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Files only: a pipe that lies among the profiles would be waited for without end.
    Files,
    /// Also pipes and devices: the user typed the path, as in `--profile /dev/stdin`.
    Anything,
}

/// The profiles of a folder and the built-in ones. A file is read once.
pub struct Shelf {
    folder: PathBuf,
    read: BTreeMap<PathBuf, FileId>,
    built_in: BTreeMap<&'static str, FileId>,
    not_text: Vec<(FileId, usize)>,
}

impl Shelf {
    /// The profiles of `folder`, and the built-in ones.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, read: BTreeMap::new(), built_in: BTreeMap::new(), not_text: Vec::new() }
    }

    /// The profile that a user names: a path if it looks like one, else a name.
    ///
    /// # Errors
    /// That it is not there, or why it cannot be read.
    pub fn open(&mut self, name: &str, files: &mut SourceMap) -> Result<FileId, String> {
        if is_path(name) || name.contains('/') && builtin::find(name).is_none() {
            return self
                .file(Path::new(name), Taken::Anything, files)
                .map_err(|it| format!("cannot read `{name}`: {}", explain(&it)));
        }
        let path = self.folder.join(format!("{name}.yaml"));
        match self.file(&path, Taken::Files, files) {
            Ok(file) => Ok(file),
            Err(error) if is_absent(&error) => {
                self.own_scenarios()?;
                self.built_in(name, files).ok_or_else(|| self.unknown(name))
            }
            Err(error) => Err(format!("cannot read `{}`: {}", path.display(), explain(&error))),
        }
    }

    /// The first byte that is no text of every file that is not UTF-8, since the last call.
    pub fn not_text(&mut self) -> Vec<(FileId, usize)> {
        std::mem::take(&mut self.not_text)
    }

    /// The scenarios of the folder of profiles by name, or `None` if the user named no such folder and has none.
    ///
    /// # Errors
    /// A folder that cannot be read, or that the user named and that is not there.
    pub fn own_scenarios(&self) -> Result<Option<Vec<String>>, String> {
        match self.entries() {
            Ok(mut names) => {
                names.sort();
                Ok(Some(names))
            }
            Err(error)
                if error.kind() == io::ErrorKind::NotFound && self.folder == Path::new(DEFAULT_FOLDER) =>
            {
                Ok(None)
            }
            Err(error) => {
                let why = match error.kind() {
                    io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                    io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
                    _ => explain(&error),
                };
                Err(format!("cannot read the folder of profiles `{}`: {why}", self.folder.display()))
            }
        }
    }

    /// The names of the scenarios in the folder. Hidden files are none: editors and archivers leave such behind.
    fn entries(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let stem = path.file_stem().and_then(|it| it.to_str());
            let is_ours = |it: &&str| {
                is_path(&path.to_string_lossy()) && builtin::is_scenario(it) && !it.starts_with('.')
            };
            names.extend(stem.filter(is_ours).map(str::to_owned));
        }
        Ok(names)
    }

    fn unknown(&self, name: &str) -> String {
        let names = self.names();
        let near = crate::diag::nearest(name, names.iter().map(String::as_str));
        let hint = near.map_or("`meshgen list` names them".to_owned(), |it| format!("did you mean `{it}`?"));
        format!(
            "there is no profile `{name}` in `{}` nor among the built-in ones: {hint}",
            self.folder.display()
        )
    }

    fn built_in(&mut self, name: &str, files: &mut SourceMap) -> Option<FileId> {
        let found = builtin::find(name)?;
        if let Some(known) = self.built_in.get(found.name) {
            return Some(*known);
        }
        let file = files.add(format!("built-in/{name}.yaml"), found.text)?;
        self.built_in.insert(found.name, file);
        Some(file)
    }

    fn file(&mut self, path: &Path, taken: Taken, files: &mut SourceMap) -> io::Result<FileId> {
        // One file may be reached by many paths: `a/../a/b.yaml` is `a/b.yaml`, or no circle would be seen.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(known) = self.read.get(&real) {
            return Ok(*known);
        }
        let standing = fs::metadata(path).map_err(|error| if_link(path, error))?;
        if standing.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if taken == Taken::Files && !standing.is_file() {
            return Err(io::Error::other("it is a pipe or a device, not a file"));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let (text, bad) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let bad = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(bad))
            }
        };
        let shown = path.display().to_string();
        let shown = shown.strip_prefix("./").unwrap_or(&shown);
        let file = files.add(shown, text).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        self.not_text.extend(bad.map(|at| (file, at)));
        self.read.insert(real, file);
        Ok(file)
    }
}

impl Library for Shelf {
    fn load(&mut self, name: &str, near: FileId, files: &mut SourceMap) -> Loaded {
        let asking = PathBuf::from(files.path(near));
        let beside = asking.parent().unwrap_or(Path::new("")).to_owned();
        if is_path(name) {
            return match self.file(&beside.join(name), Taken::Files, files) {
                Ok(file) => Loaded::Found(file),
                Err(error) if is_absent(&error) => Loaded::Unknown,
                Err(error) => Loaded::Broken(explain(&error)),
            };
        }
        let mut own_name = false;
        // Nothing of the user's lies beside a built-in profile, whose path is none.
        let beside = Some(beside).filter(|_| !self.built_in.values().any(|it| *it == near));
        for folder in beside.into_iter().chain([self.folder.clone()]) {
            let path = folder.join(format!("{name}.yaml"));
            // A profile that extends its own name means the built-in one that it stands in for.
            if path == asking || path.strip_prefix("./").is_ok_and(|it| it == asking) {
                own_name = true;
                continue;
            }
            match self.file(&path, Taken::Files, files) {
                Ok(file) => return Loaded::Found(file),
                Err(error) if is_absent(&error) => {}
                Err(error) => return Loaded::Broken(explain(&error)),
            }
        }
        match self.built_in(name, files) {
            Some(file) => Loaded::Found(file),
            None if own_name => {
                Loaded::Broken("it is this one, and no built-in profile has its name".to_owned())
            }
            None => Loaded::Unknown,
        }
    }

    fn names(&self) -> Vec<String> {
        let mut names = self.own_scenarios().ok().flatten().unwrap_or_default();
        names.extend(builtin::PROFILES.iter().map(|it| it.name.to_owned()));
        names.sort();
        names.dedup();
        names
    }
}

/// Whether a profile is named by its path.
fn is_path(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "yaml")
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A link that leads nowhere is not the same as nothing: its name is taken.
fn if_link(path: &Path, error: io::Error) -> io::Error {
    let leads_nowhere = error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_ok();
    if leads_nowhere { io::Error::other("it is a link to a file that is not there") } else { error }
}

/// The reason, in words that need no manual.
pub fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => "it is a directory, not a file".to_owned(),
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::FileTooLarge => "it is larger than 256 MiB".to_owned(),
        _ => error.to_string(),
    }
}
