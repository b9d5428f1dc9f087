//! Anchors and aliases: an alias shares the branch of its anchor, within reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, code};
use crate::source::Span;
use crate::yaml::Node;
use crate::yaml::parse::{MAX_DEPTH, nothing};

/// A node and how much of it there is.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The node.
    pub node: Node,
    /// The number of nodes in it, aliases written out; keys are not counted.
    pub weight: u64,
    /// How many collections stand inside each other; 0 for a scalar.
    pub height: usize,
}

/// The anchors of one document, and how much its aliases have grown it.
#[derive(Debug, Default)]
pub struct Anchors {
    /// By the parser's number; `None` while the anchored collection is still open.
    branches: BTreeMap<usize, Option<Branch>>,
    names: BTreeSet<String>,
    unknown: usize,
    written: u64,
    aliased: u64,
    burst: bool,
}

impl Anchors {
    /// Takes note of an anchor's name.
    pub fn name(&mut self, name: &str) {
        self.names.insert(format!("*{name}"));
    }

    /// A collection with this anchor begins; 0 is no anchor.
    pub fn open(&mut self, id: usize) {
        if id != 0 {
            self.branches.insert(id, None);
        }
    }

    /// A node is complete, and perhaps anchored.
    pub fn close(&mut self, id: usize, branch: &Branch) {
        self.written += 1;
        if id != 0 {
            self.branches.insert(id, Some(branch.clone()));
        }
    }

    /// What an alias stands for, `depth` collections deep.
    ///
    /// The aliases of a document may add 100 nodes for each node written before them, and in any case 10 000, but no
    /// more than a million.
    pub fn resolve(&mut self, id: usize, span: Span, depth: usize) -> Result<Branch, Box<Diagnostic>> {
        if self.burst {
            // Once is enough to say so.
            return Ok(Branch::missing(span));
        }
        let Some(Some(branch)) = self.branches.get(&id) else {
            let message = "this alias stands inside of what it stands for";
            let error = Diagnostic::error(code::SYNTAX, span, message)
                .help("a value can not contain itself: write out the part that is meant");
            return Err(Box::new(error));
        };
        if depth + branch.height > MAX_DEPTH {
            return Err(Box::new(too_deep(span)));
        }
        self.aliased = self.aliased.saturating_add(branch.weight);
        if self.aliased > (self.written * 100).clamp(10_000, 1_000_000) {
            self.burst = true;
            let message = "the aliases up to here multiply the document beyond reason";
            let error = Diagnostic::error(code::TOO_BIG, span, message)
                .label(format!("adds up to {} nodes", self.aliased))
                .help("write the values out, or nest fewer aliases in each other");
            return Err(Box::new(error));
        }
        let mut branch = branch.clone();
        branch.node.span = span;
        Ok(branch)
    }

    /// An alias whose anchor is not there.
    pub fn unknown(&mut self, name: &str, span: Span) -> Diagnostic {
        let message = format!("no anchor `&{name}` stands before this alias");
        let error = Diagnostic::error(code::SYNTAX, span, message).help(format!(
            "put `&{name}` before the value that is meant, or quote the text if no alias is meant"
        ));
        self.unknown += 1;
        if self.unknown > MAX_SUGGESTIONS {
            return error;
        }
        error.suggest(&format!("*{name}"), self.names.iter().map(String::as_str))
    }
}

/// A look at all names for each of very many mistakes would take too long.
const MAX_SUGGESTIONS: usize = 20;

/// More collections in each other than [`MAX_DEPTH`].
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(
        code::TOO_BIG,
        span,
        format!("more than {MAX_DEPTH} lists and mappings inside each other"),
    )
    .help("flatten the document; no one could read this")
}

impl Branch {
    /// A scalar.
    pub fn leaf(node: Node) -> Self {
        Self { node, weight: 1, height: 0 }
    }

    /// What stands in for a value that could not be had.
    pub fn missing(span: Span) -> Self {
        let mut node = nothing(span.lo);
        node.span = span;
        Self::leaf(node)
    }
}
