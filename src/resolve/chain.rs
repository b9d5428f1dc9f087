//! `extends`: a profile, its parent, its parent's parent, and base under all of them.

use crate::diag::{Diagnostic, Diagnostics, Reported, code, nearest};
use crate::resolve::{Library, Loaded, Resolver, overlay, without};
use crate::source::{FileId, SourceMap, Span, Text};
use crate::yaml::{self, Kind, Node};

const BASE: &str = "base";
const MAPPING: &str = "a profile is a mapping: `namespace: …`, `services: …`; `meshgen init` writes one";

impl Resolver {
    /// The file's tree over those of its parents.
    ///
    /// # Errors
    /// As [`Resolver::tree`].
    pub fn chain(
        &mut self,
        file: FileId,
        library: &mut dyn Library,
        files: &mut SourceMap,
        diags: &mut Diagnostics,
    ) -> Result<Node, Reported> {
        let mut line: Vec<(FileId, Text)> = Vec::new();
        let mut trees = Vec::new();
        let mut next = file;
        loop {
            // The tree of a parent is asked for again; that of the profile itself makes room for what it becomes.
            let tree =
                if next == file { self.own(file, files, diags) } else { self.parsed(next, files, diags) }?;
            let parent = parent_of(&tree, diags)?;
            trees.push(tree);
            let parent = match parent {
                Parent::Nothing => break,
                Parent::Implied => Text::made(BASE.into()),
                Parent::Named(parent) => parent,
            };
            let known = load(&parent, next, library, files, diags)?;
            line.push((next, parent));
            if line.iter().any(|(it, _)| *it == known) {
                return Err(cycle(&line, known, files, diags));
            }
            next = known;
        }
        let mut rest = trees.into_iter().rev();
        let first = rest.next().unwrap_or(Node::map(ecow::EcoVec::new(), Span::NONE));
        let whole = rest.fold(first, |base, top| overlay(&base, &top));
        Ok(without(&whole, &["extends"]))
    }

    fn own(&mut self, file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
        self.trees.get(&file).cloned().unwrap_or_else(|| parse(file, files, diags))
    }

    fn parsed(&mut self, file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
        let tree = self.own(file, files, diags);
        self.trees.insert(file, tree.clone());
        tree
    }
}

fn parse(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
    yaml::parse(file, files, diags).and_then(|tree| match tree.kind {
        Kind::Map(_) if tree.get("apiVersion").is_some() && tree.get("kind").is_some() => {
            let message = format!("`{}` is a manifest of Kubernetes, not a profile", files.path(file));
            let help = "a profile carries manifests along under `raw:`";
            Err(diags.report(Diagnostic::error(code::WRONG_TYPE, start(&tree), message).help(help)))
        }
        Kind::Map(_) => Ok(tree),
        Kind::Null => {
            let message = format!("the profile `{}` is empty", files.path(file));
            Err(diags.report(Diagnostic::error(code::WRONG_TYPE, tree.span, message).help(MAPPING)))
        }
        Kind::Scalar(_) | Kind::List(_) => {
            let message = format!("a profile is a mapping, and this is {}", tree.describe());
            Err(diags.report(Diagnostic::error(code::WRONG_TYPE, tree.span, message).help(MAPPING)))
        }
    })
}

/// The first key of a mapping.
fn start(tree: &Node) -> Span {
    tree.entries().first().map_or(tree.span, |it| it.key.span)
}

/// What a profile stands on.
enum Parent {
    /// The profile that it names.
    Named(Text),
    /// Base: it says nothing.
    Implied,
    /// `extends: null`, as base itself says.
    Nothing,
}

fn parent_of(tree: &Node, diags: &mut Diagnostics) -> Result<Parent, Reported> {
    let Some(node) = tree.get("extends") else { return Ok(Parent::Implied) };
    match &node.kind {
        Kind::Null => Ok(Parent::Nothing),
        Kind::Scalar(scalar) => Ok(Parent::Named(Text::new(scalar.text.clone(), node.span))),
        Kind::List(_) | Kind::Map(_) => {
            let message = format!("`extends` is {}, not the name of a profile", node.describe());
            let help = "a profile has one parent, which may have one in turn";
            Err(diags.report(Diagnostic::error(code::WRONG_TYPE, node.span, message).help(help)))
        }
    }
}

fn load(
    name: &Text,
    near: FileId,
    library: &mut dyn Library,
    files: &mut SourceMap,
    diags: &mut Diagnostics,
) -> Result<FileId, Reported> {
    match library.load(name, near, files) {
        Loaded::Found(file) => Ok(file),
        Loaded::Unknown => {
            let names = library.names();
            let known = || names.iter().map(String::as_str);
            let mut finding =
                Diagnostic::error(code::UNKNOWN_PROFILE, name.span, format!("there is no profile `{name}`"));
            finding = match nearest(name, known()) {
                Some(_) => finding.suggest(name, known()),
                None if name.ends_with(".yaml") => {
                    finding.help("a path starts at the folder of the file that names it")
                }
                None => finding.help("`meshgen list` names the profiles; a path ends in `.yaml`"),
            };
            Err(diags.report(finding))
        }
        Loaded::Broken(why) => {
            let message = format!("the profile `{name}` cannot be read: {why}");
            Err(diags.report(Diagnostic::error(code::UNKNOWN_PROFILE, name.span, message)))
        }
    }
}

fn cycle(line: &[(FileId, Text)], again: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Reported {
    let start = line.iter().position(|(file, _)| *file == again).unwrap_or_default();
    let round: Vec<&str> = line[start..].iter().map(|(file, _)| files.path(*file)).collect();
    let message = format!("profiles extend each other in a circle: {} -> {}", round.join(" -> "), round[0]);
    let last = &line[line.len() - 1].1;
    let mut finding = Diagnostic::error(code::EXTENDS_CYCLE, last.span, message);
    for (_, parent) in &line[start..line.len() - 1] {
        finding = finding.related(parent.span, "which extends");
    }
    diags.report(finding.help("take one `extends` away"))
}
