//! Builds the tree of one document out of its beginnings and ends.

use ecow::EcoVec;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::{Span, Text};
use crate::yaml::parse::anchors::{Anchors, Branch, too_deep};
use crate::yaml::parse::{MAX_DEPTH, keys, offset};
use crate::yaml::{Entry, Kind, Node};

/// A document in the making.
pub struct Tree<'a> {
    text: &'a str,
    start: u32,
    diags: &'a mut Diagnostics,
    open: Vec<Frame>,
    root: Option<Node>,
    /// Set by the first error; the tree is built on, to find the others.
    failed: Option<Reported>,
    /// The anchors of the document.
    pub anchors: Anchors,
}

/// A collection in the making.
struct Frame {
    span: Span,
    anchor: usize,
    weight: u64,
    height: usize,
    body: Body,
}

enum Body {
    List(EcoVec<Node>),
    Map { entries: EcoVec<Entry>, key: Option<Key>, under: Vec<Node>, merges: Option<Span> },
}

enum Key {
    Word(Text),
    Merge(Span),
    /// One that has been reported: its value is read and dropped.
    Broken,
}

impl<'a> Tree<'a> {
    /// An empty document of a text whose first byte has the span offset `start`.
    pub fn new(text: &'a str, start: u32, diags: &'a mut Diagnostics) -> Self {
        Self { text, start, diags, open: Vec::new(), root: None, failed: None, anchors: Anchors::default() }
    }

    /// Takes an error in, of whatever kind.
    pub fn report(&mut self, error: Diagnostic) {
        self.failed = Some(self.diags.report(error));
    }

    /// A new document begins.
    pub fn begin(&mut self) {
        self.open.clear();
        self.root = None;
        self.anchors = Anchors::default();
    }

    /// The document that ends; `None` if there is nothing in it.
    pub fn end(&mut self) -> Option<Node> {
        self.root.take().filter(|it| !it.is_null() || it.span.lo < it.span.hi)
    }

    /// Whether all was well.
    pub fn verdict(&self) -> Result<(), Reported> {
        self.failed.map_or(Ok(()), Err)
    }

    /// A scalar; `plain_merge` if it is an unquoted `<<`.
    pub fn scalar(&mut self, node: Node, anchor: usize, plain_merge: bool) {
        let mut branch = Branch::leaf(node);
        if plain_merge
            && let Some(Frame { body: Body::Map { key: key @ None, .. }, .. }) = self.open.last_mut()
        {
            *key = Some(Key::Merge(branch.node.span));
            return;
        }
        self.settle(&mut branch.node);
        self.anchors.close(anchor, &branch);
        self.add(branch);
    }

    /// A list begins. Returns `false`, with the error told, where it is nested too deep.
    pub fn open_list(&mut self, span: Span, anchor: usize) -> bool {
        let lo = self.first_dash(span.lo).unwrap_or(span.lo);
        self.push(Span { lo, ..span }, anchor, Body::List(EcoVec::new()))
    }

    /// A mapping begins. Returns `false`, with the error told, where it is nested too deep.
    pub fn open_map(&mut self, span: Span, anchor: usize) -> bool {
        self.push(
            span,
            anchor,
            Body::Map { entries: EcoVec::new(), key: None, under: Vec::new(), merges: None },
        )
    }

    /// The innermost collection ends; `span` is that of its bracket, or empty.
    pub fn close(&mut self, span: Span) {
        let Some(mut frame) = self.open.pop() else {
            return;
        };
        if span.lo < span.hi {
            frame.span = frame.span.to(span);
        }
        let kind = match frame.body {
            Body::List(items) => Kind::List(items),
            Body::Map { entries, under, .. } => {
                self.twice(&entries);
                let merged = if under.is_empty() { entries } else { keys::merge(entries, &under) };
                Kind::Map(merged)
            }
        };
        let node = Node { kind, span: frame.span };
        let branch = Branch { node, weight: frame.weight, height: frame.height };
        self.anchors.close(frame.anchor, &branch);
        self.add(branch);
    }

    /// An alias of the anchor with this number.
    pub fn alias(&mut self, id: usize, span: Span) {
        let branch = self.anchors.resolve(id, span, self.open.len());
        let branch = branch.unwrap_or_else(|error| {
            self.report(*error);
            Branch::missing(span)
        });
        self.add(branch);
    }

    /// An alias of an anchor that is not there.
    pub fn unknown_alias(&mut self, name: &str, span: Span) {
        let error = self.anchors.unknown(name, span);
        self.report(error);
        self.add(Branch::missing(span));
    }

    fn push(&mut self, span: Span, anchor: usize, body: Body) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.report(too_deep(span));
            return false;
        }
        self.anchors.open(anchor);
        self.open.push(Frame { span, anchor, weight: 1, height: 1, body });
        true
    }

    fn add(&mut self, branch: Branch) {
        let Branch { node, weight, height } = branch;
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.span = frame.span.to(node.span);
        let (entries, key, under, merges) = match &mut frame.body {
            Body::List(items) => {
                items.push(node);
                frame.grow(weight, height);
                return;
            }
            Body::Map { entries, key, under, merges } => (entries, key, under, merges),
        };
        match key.take() {
            None => {
                let made = self.key(&node);
                self.set_key(made);
                return;
            }
            Some(Key::Word(key)) => entries.push(Entry { key, value: node }),
            Some(Key::Merge(span)) => {
                let error = take_merge(node, span, under, merges);
                if let Some(error) = error {
                    self.failed = Some(self.diags.report(error));
                }
            }
            Some(Key::Broken) => {}
        }
        frame.grow(weight, height);
    }

    fn set_key(&mut self, made: Key) {
        if let Some(Frame { body: Body::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(made);
        }
    }

    fn key(&mut self, node: &Node) -> Key {
        let written = self.written(node.span);
        let word = match &node.kind {
            Kind::Scalar(scalar) => Some(scalar.text.clone()),
            Kind::Null if !written.is_empty() && !written.starts_with('*') => Some(written.into()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        };
        if let Some(word) = word {
            return Key::Word(Text::new(word, node.span));
        }
        let error = if written.is_empty() {
            let span =
                Span { hi: node.span.hi + u32::from(self.byte(node.span.hi) == Some(b':')), ..node.span };
            Diagnostic::error(code::SYNTAX, span, "there is no key before this `:`")
                .help("write the key, or quote the text if it begins with a colon")
        } else {
            let template = written.starts_with('{') && self.byte(node.span.lo.wrapping_sub(1)) == Some(b'{');
            Diagnostic::error(code::SYNTAX, node.span, "a key must be a plain word").help(if template {
                "this looks like a template: render it first, or quote the value"
            } else {
                "quote it if the brackets are part of the text"
            })
        };
        self.report(error);
        Key::Broken
    }

    fn twice(&mut self, entries: &EcoVec<Entry>) {
        for (again, first) in keys::duplicates(entries) {
            let key = &entries[again].key;
            let message = format!("the key `{}` stands twice in this mapping", key.value);
            let error = Diagnostic::error(code::DUPLICATE_KEY, key.span, message)
                .related(entries[first].key.span, "first written here")
                .help("remove one of them, or merge the two");
            self.report(error);
        }
    }

    /// The place of a missing value is right after its colon or dash.
    fn settle(&self, node: &mut Node) {
        let is_item = matches!(self.open.last(), Some(Frame { body: Body::List(_), .. }));
        if is_item && node.span.lo == node.span.hi {
            let before = self.written(Span { lo: self.start, hi: node.span.lo });
            let at = self.start + offset(before.trim_end_matches(' ').len());
            node.span = Span { lo: at, hi: at };
        }
        let is_value = matches!(self.open.last(), Some(Frame { body: Body::Map { key: Some(_), .. }, .. }));
        if is_value && node.span.lo == node.span.hi && self.byte(node.span.lo) == Some(b':') {
            node.span = Span { lo: node.span.lo + 1, hi: node.span.hi + 1 };
        }
    }

    /// The first dash of a block list that is indented no deeper than its key: the parser tells only where the first
    /// item is. Between key and dash there is nothing but comments, anchors and tags.
    fn first_dash(&self, first_item: u32) -> Option<u32> {
        let Some(Frame { body: Body::Map { key: Some(Key::Word(key)), .. }, .. }) = self.open.last() else {
            return None;
        };
        let mut at = key.span.hi;
        for line in self.written(Span { lo: at, hi: first_item }).split_inclusive('\n') {
            let blanks = line.len() - line.trim_start().len();
            if at > key.span.hi && line[blanks..].starts_with('-') {
                return Some(at + offset(blanks));
            }
            at += offset(line.len());
        }
        None
    }

    fn written(&self, span: Span) -> &'a str {
        let range = span.lo.wrapping_sub(self.start) as usize..span.hi.wrapping_sub(self.start) as usize;
        self.text.get(range).unwrap_or_default()
    }

    fn byte(&self, at: u32) -> Option<u8> {
        self.text.as_bytes().get(at.wrapping_sub(self.start) as usize).copied()
    }
}

impl Frame {
    fn grow(&mut self, weight: u64, height: usize) {
        self.weight = self.weight.saturating_add(weight);
        self.height = self.height.max(height + 1);
    }
}

/// Lays a mapping, or each of a list of mappings, under the one being read.
fn take_merge(node: Node, key: Span, under: &mut Vec<Node>, merges: &mut Option<Span>) -> Option<Diagnostic> {
    if let Some(first) = merges.replace(key) {
        return Some(
            Diagnostic::error(code::DUPLICATE_KEY, key, "the key `<<` stands twice in this mapping")
                .related(first, "first written here")
                .help("write one `<<` with a list: `<<: [*a, *b]`"),
        );
    }
    let is_map = |it: &Node| matches!(it.kind, Kind::Map(_));
    match &node.kind {
        Kind::Map(_) => under.push(node),
        Kind::List(items) if items.iter().all(is_map) => under.extend(items.iter().cloned()),
        Kind::List(_) | Kind::Null | Kind::Scalar(_) => {
            let message = format!("`<<` takes a mapping or a list of mappings, not {}", node.describe());
            return Some(
                Diagnostic::error(code::SYNTAX, node.span, message)
                    .help("name an anchored mapping: `<<: *name`; or quote the key if it is meant as text"),
            );
        }
    }
    None
}
