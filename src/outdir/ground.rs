//! What stands in a scenario's folder; looks at links, never through them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::bundle::inventory;
use crate::outdir::Problem;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Missing,
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What stands at a path of a scenario's folder, or above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// All folders above are folders, or missing.
    Free(Standing),
    /// The first part of the path that should be a folder and is not, and what it is.
    Blocked(String, Standing),
}

/// A scenario's folder, with a memory of the folders already looked at.
#[derive(Debug)]
pub struct Ground<'a> {
    root: &'a Path,
    folders: BTreeMap<String, Spot>,
}

impl<'a> Ground<'a> {
    /// Of a folder that may be missing, and is no link.
    pub fn new(root: &'a Path) -> Self {
        Self { root, folders: BTreeMap::new() }
    }

    /// The place on disk of a path of the folder.
    pub fn place(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.to_path_buf() } else { self.root.join(path) }
    }

    /// What stands at `path`: one system call, and one for each folder not seen before.
    pub fn at(&mut self, path: &str) -> Result<Spot, Problem> {
        let above = match path.rsplit_once('/') {
            Some((folder, _)) => self.folder(folder)?,
            None => self.folder("")?,
        };
        Ok(match above {
            Spot::Free(Standing::Folder) => Spot::Free(standing(&self.place(path))?),
            Spot::Free(Standing::Missing) => Spot::Free(Standing::Missing),
            Spot::Free(it) => Spot::Blocked(path.rsplit_once('/').map_or("", |it| it.0).to_owned(), it),
            blocked @ Spot::Blocked(..) => blocked,
        })
    }

    fn folder(&mut self, path: &str) -> Result<Spot, Problem> {
        if let Some(known) = self.folders.get(path) {
            return Ok(known.clone());
        }
        let spot = if path.is_empty() { Spot::Free(standing(self.root)?) } else { self.at(path)? };
        self.folders.insert(path.to_owned(), spot.clone());
        Ok(spot)
    }

    /// The first entry below the folder `path` that is neither a known file nor a known folder.
    pub fn foreign_below(
        &self,
        path: &str,
        is_file: &dyn Fn(&str) -> bool,
        is_folder: &dyn Fn(&str) -> bool,
    ) -> Result<Option<String>, Problem> {
        for name in entries(&self.place(path))? {
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            let foreign = match standing(&self.place(&below))? {
                Standing::File if is_file(&below) => None,
                Standing::Folder if is_folder(&below) => self.foreign_below(&below, is_file, is_folder)?,
                _ => Some(below),
            };
            if foreign.is_some() {
                return Ok(foreign);
            }
        }
        Ok(None)
    }
}

/// What stands at a path.
pub fn standing(path: &Path) -> Result<Standing, Problem> {
    match fs::symlink_metadata(path) {
        Ok(it) if it.is_file() => Ok(Standing::File),
        Ok(it) if it.is_dir() => Ok(Standing::Folder),
        Ok(it) if it.is_symlink() => Ok(Standing::Link),
        Ok(_) => Ok(Standing::Other),
        Err(it) if matches!(it.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Standing::Missing)
        }
        Err(error) => Err(Problem::world("look at", path, &error)),
    }
}

/// The names in a folder, sorted; a name that is not Unicode gets replacement characters and is so never ours.
pub fn entries(folder: &Path) -> Result<Vec<String>, Problem> {
    let list = || -> io::Result<Vec<String>> {
        let name = |it: io::Result<fs::DirEntry>| Ok(it?.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = fs::read_dir(folder)?.map(name).collect::<io::Result<_>>()?;
        names.sort();
        Ok(names)
    };
    list().map_err(|error| Problem::world("list", folder, &error))
}

/// Whether a file has this very text; if not, its digest. Reads it once, a piece at a time.
pub fn differs(path: &Path, text: &str) -> Result<Option<String>, Problem> {
    let compared = File::open(path).and_then(|mut file| compare(&mut file, text.as_bytes()));
    compared.map_err(|error| Problem::world("read", path, &error))
}

/// The digest of a file.
pub fn digest(path: &Path) -> Result<String, Problem> {
    Ok(differs(path, "")?.unwrap_or_else(|| inventory::sha256(b"")))
}

fn compare(file: &mut File, text: &[u8]) -> io::Result<Option<String>> {
    let mut piece = [0; 16 * 1024];
    let mut equal = 0;
    loop {
        let size = read(file, &mut piece)?;
        if size == 0 && equal == text.len() {
            return Ok(None);
        }
        if size == 0 || !text[equal..].starts_with(&piece[..size]) {
            let mut digest = Sha256::new_with_prefix(&text[..equal]);
            digest.update(&piece[..size]);
            return finish(file, digest, &mut piece).map(Some);
        }
        equal += size;
    }
}

fn finish(file: &mut File, mut digest: Sha256, piece: &mut [u8]) -> io::Result<String> {
    loop {
        match read(file, piece)? {
            0 => return Ok(inventory::hex(&digest.finalize())),
            size => digest.update(&piece[..size]),
        }
    }
}

fn read(file: &mut File, piece: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
