//! Every text we read, laid end to end in one space of byte offsets, so that a place is eight bytes.

use std::fmt;
use std::ops::Deref;

use ecow::EcoString;
use serde::{Serialize, Serializer};

/// A short string: cheap to clone, at most fifteen bytes are kept in place.
pub type Str = EcoString;

/// A range of bytes in some text of a [`SourceMap`]; [`Span::NONE`] for what nobody wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub lo: u32,
    /// One past the last byte.
    pub hi: u32,
}

impl Span {
    /// The place of a value that meshgen made up by itself.
    pub const NONE: Self = Self { lo: 0, hi: 0 };

    /// Whether this is a place in some text.
    #[must_use]
    pub fn is_some(self) -> bool {
        self != Self::NONE
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { lo: self.lo, hi: end.hi.max(self.lo) }
    }
}

/// A value that remembers where it was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// A string of the user's, with its place.
pub type Text = Spanned<Str>;

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// A value that no user wrote.
    pub const fn made(value: T) -> Self {
        Self { value, span: Span::NONE }
    }

    /// Another value that was caused by the same text.
    pub fn with<U>(&self, value: U) -> Spanned<U> {
        Spanned { value, span: self.span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Two values are equal wherever they were written.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: PartialOrd> PartialOrd for Spanned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spanned<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(out)
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// One text of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

/// A place as people say it; line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The path as it was given.
    pub path: &'a str,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

#[derive(Debug)]
struct Source {
    path: String,
    text: String,
    start: u32,
}

/// All texts of one run, by [`FileId`]. At most 4 GiB together.
#[derive(Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Takes in a text; `None` when the offset space of 4 GiB is used up.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> Option<FileId> {
        let text = text.into();
        let start = self.sources.last().map_or(Some(1), |it| it.end()?.checked_add(1))?;
        let source = Source { path: path.into(), text, start };
        source.end()?;
        self.sources.push(source);
        u32::try_from(self.sources.len() - 1).ok().map(FileId)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.source(file).text
    }

    /// The path of a file, as it was given.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        &self.source(file).path
    }

    /// The offset of the file's first byte; a byte `i` of it has the span offset `start + i`.
    #[must_use]
    pub fn start(&self, file: FileId) -> u32 {
        self.source(file).start
    }

    /// The file that a span lies in; `None` for [`Span::NONE`].
    #[must_use]
    pub fn file_of(&self, span: Span) -> Option<FileId> {
        if !span.is_some() {
            return None;
        }
        let after = self.sources.partition_point(|it| it.start <= span.lo);
        u32::try_from(after.checked_sub(1)?).ok().map(FileId)
    }

    /// Path, line and column of a span's first byte; `None` for [`Span::NONE`].
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let source = self.source(self.file_of(span)?);
        let range = self.range(span)?;
        let before = &source.text[..range.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Some(Location {
            path: &source.path,
            line: before.bytes().filter(|it| *it == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        })
    }

    /// The span as a byte range of its own file's text, clipped to it and to character boundaries.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let source = self.source(self.file_of(span)?);
        let at = |offset: u32| {
            let byte = (offset.saturating_sub(source.start) as usize).min(source.text.len());
            source.text.floor_char_boundary(byte)
        };
        Some(at(span.lo)..at(span.hi).max(at(span.lo)))
    }

    fn source(&self, file: FileId) -> &Source {
        &self.sources[file.0 as usize]
    }
}

impl Source {
    fn end(&self) -> Option<u32> {
        self.start.checked_add(u32::try_from(self.text.len()).ok()?)
    }
}
