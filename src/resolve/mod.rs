//! From names to one typed [`Profile`]: base, parents, profile, environment and `--set` are laid over one another as
//! trees, then read once.

mod alternatives;
mod chain;
mod defaults;
mod set;
mod shape;

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::profile::Profile;
use crate::source::{FileId, SourceMap, Span};
use crate::yaml::{self, Entry, Kind, Node};

pub use alternatives::overlay;

/// Where profiles are found by name: the porch knows.
pub trait Library {
    /// The file of the profile that `name` means in an `extends` of the file `near`.
    fn load(&mut self, name: &str, near: FileId, files: &mut SourceMap) -> Loaded;

    /// Every name that it knows, to suggest from.
    fn names(&self) -> Vec<String>;
}

/// What a [`Library`] found.
#[derive(Debug)]
pub enum Loaded {
    /// The profile.
    Found(FileId),
    /// No such name.
    Unknown,
    /// It is there, but cannot be read; why.
    Broken(String),
}

/// What is asked for: an environment, and single values.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// `--env`.
    pub environment: Option<String>,
    /// Every `--set KEY=VALUE`, in order.
    pub sets: Vec<String>,
}

/// Resolves profiles; remembers the trees of files that several of them extend.
#[derive(Default)]
pub struct Resolver {
    trees: BTreeMap<FileId, Result<Node, Reported>>,
}

impl Resolver {
    /// The tree of a profile with its parents, environment and single values laid in, defaults under every entry.
    ///
    /// # Errors
    /// Whatever is wrong with any of the files as YAML, with `extends`, the environment or a `--set`.
    pub fn tree(
        &mut self,
        file: FileId,
        wish: &Wish,
        library: &mut dyn Library,
        files: &mut SourceMap,
        diags: &mut Diagnostics,
    ) -> Result<Node, Reported> {
        self.whole(file, wish, library, files, diags).map(|whole| laid(&whole))
    }

    /// The same before defaults are laid under its entries.
    fn whole(
        &mut self,
        file: FileId,
        wish: &Wish,
        library: &mut dyn Library,
        files: &mut SourceMap,
        diags: &mut Diagnostics,
    ) -> Result<Node, Reported> {
        let mut tree = self.chain(file, library, files, diags)?;
        let place = tree.span;
        if let Some(name) = &wish.environment {
            tree = with_environment(&tree, name, diags)?;
        }
        for set in &wish.sets {
            let top = set::parse(set, files, diags)?;
            tree = overlay(&tree, &top);
        }
        // Whatever is missing is missing in the profile, not in what was laid over it.
        Ok(Node { span: place, ..tree })
    }

    /// The typed profile: see [`Resolver::tree`].
    ///
    /// # Errors
    /// As [`Resolver::tree`], and everything in it that is not of the language.
    pub fn profile(
        &mut self,
        file: FileId,
        wish: &Wish,
        library: &mut dyn Library,
        files: &mut SourceMap,
        diags: &mut Diagnostics,
    ) -> Result<Profile, Reported> {
        let whole = self.whole(file, wish, library, files, diags)?;
        shape::judge(&whole, diags);
        let profile = yaml::read(&laid(&whole), diags);
        diags.found(profile)
    }
}

/// The tree with defaults under every entry, at the place of the profile itself.
fn laid(whole: &Node) -> Node {
    Node { span: whole.span, ..defaults::lay(whole) }
}

/// The environments that a tree declares, in the order written.
pub fn environments(tree: &Node) -> Vec<String> {
    let declared = tree.get("environments").map(Node::entries).unwrap_or_default();
    declared.iter().map(|it| it.key.to_string()).collect()
}

fn with_environment(tree: &Node, name: &str, diags: &mut Diagnostics) -> Result<Node, Reported> {
    let known = environments(tree);
    let Some(top) = tree.at(&["environments", name]) else {
        let finding = Diagnostic::error(
            code::UNKNOWN_ENVIRONMENT,
            tree.get("environments").map_or(Span::NONE, |it| it.span),
            format!("the profile has no environment `{name}`"),
        );
        return Err(diags.report(finding.suggest(name, known.iter().map(String::as_str))));
    };
    match &top.kind {
        Kind::Map(_) => Ok(overlay(tree, top)),
        Kind::Null => Ok(tree.clone()),
        Kind::Scalar(_) | Kind::List(_) => {
            let message = format!("environment `{name}` is {}, not a mapping", top.describe());
            Err(diags.report(Diagnostic::error(code::WRONG_TYPE, top.span, message)))
        }
    }
}

/// The tree without keys that have done their work.
fn without(tree: &Node, keys: &[&str]) -> Node {
    let kept = tree.entries().iter().filter(|it: &&Entry| !keys.contains(&it.key.as_str()));
    Node::map(kept.cloned().collect(), tree.span)
}
