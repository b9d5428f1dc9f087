//! `-f`: manifests of anybody's, from files, folders and stdin.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::library::{LARGEST, explain};
use crate::cli::world::{Failure, World};
use crate::diag::{Diagnostic, code};
use crate::mesh::Mesh;
use crate::source::{FileId, Span};
use crate::yaml::parse_all;

/// What a folder holds beside manifests: it lists them, and is none itself.
const NO_MANIFESTS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "kustomization.json"];

impl World {
    /// The mesh of files, folders (with all that is below) and stdin (`-`), in the order given; files of a folder by path.
    ///
    /// What is wrong with them is among the findings.
    ///
    /// # Errors
    /// A file that cannot be read or a folder without manifests, as the world's; a text that is no YAML, as the input's.
    pub fn manifests(&mut self, paths: &[PathBuf]) -> Result<Mesh, Failure> {
        let mut found = Vec::new();
        for path in paths {
            let before = found.len();
            self.gather(path, &mut found)?;
            if found.len() == before {
                let path = path.display();
                Err(anyhow::anyhow!("`{path}` holds no file that ends in `.yaml`, `.yml` or `.json`"))?;
            }
        }
        let (mut documents, mut broken) = (Vec::new(), false);
        for file in found {
            match parse_all(file, &self.files, &mut self.diags) {
                Ok(nodes) => documents.extend(nodes),
                Err(_) => broken = true,
            }
        }
        let mesh = Mesh::read(documents, &mut self.diags);
        if broken { Err(Failure::Input) } else { Ok(mesh) }
    }

    /// One text that the user names, or stdin.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn text(&mut self, path: &Path) -> anyhow::Result<FileId> {
        let shown = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
        let refused = |error: &io::Error| anyhow::anyhow!("cannot read `{shown}`: {}", explain(error));
        let bytes = bytes(path).map_err(|it| refused(&it))?;
        let (text, bad) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        };
        let name = shown.strip_prefix("./").unwrap_or(&shown);
        let too_large = || refused(&io::Error::from(io::ErrorKind::FileTooLarge));
        let file = self.files.add(name, text).ok_or_else(too_large)?;
        if let Some(at) = bad {
            let at = self.files.start(file) + u32::try_from(at).unwrap_or_default();
            let message = format!("`{name}` is not UTF-8 text");
            let finding = Diagnostic::error(code::NOT_TEXT, Span { lo: at, hi: at + 1 }, message);
            self.diags.push(finding.help("save it as UTF-8"));
        }
        Ok(file)
    }

    fn gather(&mut self, path: &Path, found: &mut Vec<FileId>) -> anyhow::Result<()> {
        if !path.is_dir() {
            found.push(self.text(path)?);
            return Ok(());
        }
        let cannot = |error: io::Error| {
            anyhow::anyhow!("cannot read the folder `{}`: {}", path.display(), explain(&error))
        };
        let entries = fs::read_dir(path).map_err(cannot)?.collect::<io::Result<Vec<_>>>().map_err(cannot)?;
        let mut entries: Vec<(PathBuf, bool)> = entries
            .into_iter()
            // A link to a folder is not followed: it may lead back here.
            .map(|it| (it.path(), it.file_type().is_ok_and(|kind| kind.is_dir())))
            .filter(|(path, is_folder)| if *is_folder { !is_hidden(path) } else { is_manifest(path) })
            .collect();
        entries.sort();
        entries.iter().try_for_each(|(path, _)| self.gather(path, found))
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)?;
    } else if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    } else {
        let file = fs::File::open(path)?;
        // A text that grows as it is read takes twice its room.
        let size = file.metadata()?.len().min(LARGEST);
        bytes.reserve_exact(usize::try_from(size).unwrap_or_default() + 1);
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > LARGEST { Err(io::Error::from(io::ErrorKind::FileTooLarge)) } else { Ok(bytes) }
}

fn is_manifest(path: &Path) -> bool {
    let ends = path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json");
    let lists = path.file_name().is_some_and(|name| NO_MANIFESTS.iter().any(|it| name == *it));
    ends && !lists && path.is_file() && !is_hidden(path)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'))
}
