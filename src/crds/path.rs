//! The way from the document down to a value; it is spelt out only when there is something to say.

use std::fmt;

use crate::source::Span;

/// A place in a document.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
    span: Span,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The document itself: its kind, and where to point if nothing nearer is there.
    pub fn root(kind: &'a str, span: Span) -> Self {
        Self { parent: None, step: Step::Root(kind), span }
    }

    /// A field, and where its key stands.
    pub fn key(&'a self, key: &'a str, span: Span) -> Self {
        Self { parent: Some(self), step: Step::Key(key), span }
    }

    /// An item, and where it stands.
    pub fn index(&'a self, index: usize, span: Span) -> Self {
        Self { parent: Some(self), step: Step::Index(index), span }
    }

    /// The span, or that of the nearest value around it that somebody wrote.
    pub fn place(&self, span: Span) -> Span {
        if span.is_some() { span } else { self.here() }
    }

    /// The key that leads here, or the nearest that somebody wrote.
    pub fn here(&self) -> Span {
        if self.span.is_some() {
            return self.span;
        }
        self.parent.map_or(self.span, Path::here)
    }

    /// Whether it is the document.
    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }
}

/// `spec.http[0].route`; a key with other characters in brackets; the kind for the whole document.
impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = self.parent.is_none_or(Path::is_root);
        if let Some(parent) = self.parent.filter(|it| !it.is_root()) {
            parent.fmt(out)?;
        }
        let plain =
            |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'$'));
        match self.step {
            Step::Root(kind) => out.write_str(kind),
            Step::Index(index) => write!(out, "[{index}]"),
            Step::Key(key) if bare => out.write_str(key),
            Step::Key(key) if plain(key) => write!(out, ".{key}"),
            Step::Key(key) => write!(out, "[{key}]"),
        }
    }
}
