//! Every text we read, laid end to end in one space of byte offsets, so that a place is eight bytes.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

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
        placed(self.span, &self.value, serializer)
    }
}

/// The name under which a place travels to a serializer that keeps places.
pub const PLACE: &str = "meshgen::Place";

/// Writes a value, and to a serializer that is no format for people or programs its place, too: as two variants around
/// the value, whose numbers are the two ends. That is how a tree that is made of typed objects keeps the places.
///
/// # Errors
/// Those of the serializer.
pub fn placed<T, S>(span: Span, value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Serialize + ?Sized,
    S: Serializer,
{
    if serializer.is_human_readable() || !span.is_some() {
        return value.serialize(serializer);
    }
    serializer.serialize_newtype_variant(PLACE, span.lo, "lo", &Ended { hi: span.hi, value })
}

struct Ended<'a, T: ?Sized> {
    hi: u32,
    value: &'a T,
}

impl<T: Serialize + ?Sized> Serialize for Ended<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_variant(PLACE, self.hi, "hi", self.value)
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

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
    /// Where each line starts; built when the first place is asked for, as most files have no finding.
    lines: OnceLock<Vec<usize>>,
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
        let source = Source { path: path.into(), text, start, lines: OnceLock::new() };
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

    /// Every file, in the order read.
    pub fn all(&self) -> impl Iterator<Item = FileId> + use<> {
        let count = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        (0..count).map(FileId)
    }

    /// The file that was read first; `None` if none was.
    #[must_use]
    pub fn first(&self) -> Option<FileId> {
        self.sources.first().map(|_| FileId(0))
    }

    /// Path, line and column of a span's first byte; `None` for [`Span::NONE`].
    ///
    /// A byte order mark at the start of a file takes no column, and a line break only the first after its line.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let source = self.source(self.file_of(span)?);
        Some(source.location(self.range(span)?.start))
    }

    /// Path, line and column of the character after a span; `None` for [`Span::NONE`].
    #[must_use]
    pub fn locate_end(&self, span: Span) -> Option<Location<'_>> {
        let source = self.source(self.file_of(span)?);
        Some(source.location(self.range(span)?.end))
    }

    /// A line of a file, counted from 1, as a byte range without line break and byte order mark.
    #[must_use]
    pub fn line(&self, file: FileId, line: usize) -> Option<Range<usize>> {
        self.source(file).line(line.checked_sub(1)?)
    }

    /// The span as a byte range of its own file's text, clipped to it and to character boundaries.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
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

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }

    /// A line, counted from 0, without its break and without a byte order mark, which no editor shows.
    fn line(&self, index: usize) -> Option<Range<usize>> {
        let lines = self.lines();
        let start = *lines.get(index)?;
        let whole = &self.text[start..lines.get(index + 1).copied().unwrap_or(self.text.len())];
        let bare = whole.strip_suffix('\n').map_or(whole, |it| it.strip_suffix('\r').unwrap_or(it));
        let mark =
            if start == 0 && bare.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        Some(start + mark..start + bare.len())
    }

    fn location(&self, byte: usize) -> Location<'_> {
        let line = self.lines().partition_point(|it| *it <= byte);
        let range = self.line(line - 1).unwrap_or_default();
        let before = range.start..byte.clamp(range.start, range.end);
        Location { path: &self.path, line, column: self.text[before].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{SourceMap, Span};

    /// Line and column of the first byte of `part` in `text`, and of the byte after it.
    fn place(text: &str, part: &str) -> [(usize, usize); 2] {
        let mut files = SourceMap::default();
        files.add("before.yaml", "x: 1\n").unwrap();
        let file = files.add("a.yaml", text).unwrap();
        files.add("after.yaml", "y: 2\n").unwrap();
        let lo = files.start(file) + u32::try_from(text.find(part).unwrap()).unwrap();
        let span = Span { lo, hi: lo + u32::try_from(part.len()).unwrap() };
        assert_eq!(files.file_of(span), Some(file));
        [files.locate(span).unwrap(), files.locate_end(span).unwrap()].map(|it| (it.line, it.column))
    }

    #[test]
    fn the_first_and_the_last_byte_have_a_place() {
        assert_eq!(place("a: b\n", "a"), [(1, 1), (1, 2)]);
        assert_eq!(place("a: b\nc", "c"), [(2, 1), (2, 2)]);
        assert_eq!(place("a: b\n", "\n"), [(1, 5), (2, 1)]);
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        assert_eq!(place("größe: ü\nnaïve: 日本x", "ü"), [(1, 8), (1, 9)]);
        assert_eq!(place("größe: ü\nnaïve: 日本x", "x"), [(2, 10), (2, 11)]);
    }

    #[test]
    fn a_windows_line_break_ends_one_line() {
        assert_eq!(place("a: 1\r\nb: 2\r\n", "b"), [(2, 1), (2, 2)]);
        assert_eq!(place("a: 1\r\nb: 2\r\n", "1\r\nb"), [(1, 4), (2, 2)]);
        assert_eq!(place("a: 1\r\nb: 2\r\n", "\r"), [(1, 5), (1, 5)]);
        assert_eq!(place("a: 1\rb", "b"), [(1, 6), (1, 7)]);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(place("\u{feff}a: b\nc: d", "a"), [(1, 1), (1, 2)]);
        assert_eq!(place("\u{feff}a: b\nc: d", "d"), [(2, 4), (2, 5)]);
        assert_eq!(place("\u{feff}a: b\nc: d", "\u{feff}"), [(1, 1), (1, 1)]);
    }

    #[test]
    fn an_empty_file_and_the_end_of_a_file_have_a_place() {
        let mut files = SourceMap::default();
        let empty = files.add("empty.yaml", "").unwrap();
        let full = files.add("full.yaml", "a: b\n").unwrap();
        let at = |lo: u32| files.locate(Span { lo, hi: lo }).map(|it| (it.path, it.line, it.column));
        assert_eq!(at(files.start(empty)), Some(("empty.yaml", 1, 1)));
        assert_eq!(at(files.start(full) + 5), Some(("full.yaml", 2, 1)));
        assert_eq!(at(files.start(full) + 99), Some(("full.yaml", 2, 1)));
    }

    #[test]
    fn what_nobody_wrote_has_no_place() {
        let mut files = SourceMap::default();
        assert_eq!(files.first(), None);
        let file = files.add("a.yaml", "a: b\n");
        assert_eq!(files.first(), file);
        assert_eq!(files.locate(Span::NONE), None);
        assert_eq!(files.locate_end(Span::NONE), None);
        assert_eq!(files.range(Span::NONE), None);
    }

    #[test]
    fn a_line_comes_without_its_break() {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", "\u{feff}a\r\n\nb\n").unwrap();
        let line = |number| files.line(file, number).map(|it| &files.text(file)[it]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(line), [None, Some("a"), Some(""), Some("b"), Some(""), None]);
    }
}
