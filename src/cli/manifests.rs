//! Manifests of anybody's, from files, folders and stdin.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::gather::{Exclude, Found, Walk};
use crate::cli::library::{LARGEST, explain};
use crate::cli::world::{Failure, World};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::mesh::{Mesh, is_bystander};
use crate::source::{FileId, Span};
use crate::yaml::{Node, parse_all};

/// What was read of files.
#[derive(Default)]
pub struct Documents {
    /// The documents, in the order of the files.
    pub nodes: Vec<Node>,
    /// The files that they are in.
    pub files: Vec<(FileId, PathBuf)>,
    /// Whether some file could not be understood, and was told.
    pub broken: bool,
    /// The first of the templates that were passed over, and how many they are.
    pub templates: Option<(PathBuf, usize)>,
    /// What could not be read at all.
    pub unread: Vec<anyhow::Error>,
}

impl World {
    /// The mesh of files, folders (with all that is below) and stdin (`-`), in the order given; files of a folder by path.
    ///
    /// What is wrong with them is among the findings.
    ///
    /// # Errors
    /// A file that cannot be read or a folder without manifests, as the world's; a text that is no YAML, as the input's.
    pub fn manifests(&mut self, paths: &[PathBuf]) -> Result<Mesh, Failure> {
        let found = Self::gather(paths, &Exclude::default())?;
        let mut documents = self.documents(&found);
        self.tell_of_templates(&documents);
        if !documents.unread.is_empty() {
            return Err(Failure::World(documents.unread.swap_remove(0)));
        }
        let mesh = Mesh::read(documents.nodes, &mut self.diags);
        if documents.broken { Err(Failure::Input) } else { Ok(mesh) }
    }

    /// The files that paths mean, none of them twice.
    ///
    /// # Errors
    /// A folder that cannot be read, or that holds nothing that looks like a manifest.
    pub fn gather(paths: &[PathBuf], exclude: &Exclude) -> anyhow::Result<Vec<Found>> {
        let mut found = Vec::new();
        for path in paths {
            let files = Walk::files(path, exclude)?;
            if files.is_empty() {
                let path = path.display();
                anyhow::bail!("`{path}` holds no file that ends in `.yaml`, `.yml` or `.json`");
            }
            found.extend(files);
        }
        if paths.len() > 1 {
            let mut known = BTreeSet::new();
            let real = |it: &Found| fs::canonicalize(&it.path).unwrap_or_else(|_| it.path.clone());
            found.retain(|it| known.insert(real(it)));
        }
        Ok(found)
    }

    /// The documents of files. One that cannot be read or understood does not hide the others.
    pub fn documents(&mut self, found: &[Found]) -> Documents {
        let mut documents = Documents::default();
        for it in found {
            let told = self.diags.len();
            let file = match self.text(&it.path) {
                Ok(file) => file,
                Err(error) => {
                    documents.unread.push(error);
                    continue;
                }
            };
            if self.diags.len() > told {
                documents.broken = true;
                continue;
            }
            self.take(it, file, &mut documents);
        }
        documents
    }

    fn take(&mut self, found: &Found, file: FileId, documents: &mut Documents) {
        let text = self.files.text(file);
        let action = text.find("{{");
        let is_template = found.in_chart && action.is_some();
        let mut own = Diagnostics::default();
        let parsed = if is_template { Ok(Vec::new()) } else { parse_all(file, &self.files, &mut own) };
        match (parsed, action) {
            _ if is_template => documents.pass_over(found),
            (Ok(nodes), _) => {
                // What lies beside objects in one file was probably to be one.
                if found.named || !nodes.iter().all(is_bystander) {
                    documents.nodes.extend(nodes);
                    documents.files.push((file, found.path.clone()));
                }
                self.diags.append(own);
            }
            (Err(_), Some(_)) if !found.named => documents.pass_over(found),
            (Err(_), Some(at)) => {
                let lo = self.files.start(file) + u32::try_from(at).unwrap_or_default();
                let message = "this is a template, and only what it renders to is YAML";
                let finding = Diagnostic::error(code::TEMPLATE, Span { lo, hi: lo + 2 }, message);
                self.diags
                    .push(finding.help("render it first, as in `helm template CHART | meshgen lint -`"));
                documents.broken = true;
                documents.files.push((file, found.path.clone()));
            }
            (Err(_), None) => {
                self.diags.append(own);
                documents.broken = true;
                documents.files.push((file, found.path.clone()));
            }
        }
    }

    /// Says once that templates were passed over.
    pub fn tell_of_templates(&self, documents: &Documents) {
        let Some((first, count)) = &documents.templates else { return };
        let first = first.display();
        let what = match count {
            1 => format!("`{first}` is a template, and passed over"),
            count => format!("{count} templates are passed over, the first `{first}`"),
        };
        self.say(&format!("note: {what}: render the chart, as in `helm template CHART | meshgen lint -`"));
    }

    /// One text that the user names, or stdin.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn text(&mut self, path: &Path) -> anyhow::Result<FileId> {
        let shown = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
        let name = shown.strip_prefix("./").unwrap_or(&shown);
        let refused = |error: &io::Error| anyhow::anyhow!("cannot read `{shown}`: {}", explain(error));
        let (text, bad) = match self.mended.get(path) {
            Some(text) => (text.clone(), None),
            None => match String::from_utf8(bytes(path).map_err(|it| refused(&it))?) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
                }
            },
        };
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
}

impl Documents {
    fn pass_over(&mut self, found: &Found) {
        let first = || (found.path.clone(), 0);
        self.templates.get_or_insert_with(first).1 += 1;
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
