//! The fast reader: one pass over the bytes, for the YAML that people and programs mostly write.
//!
//! It knows block and flow collections, scalars on one line, block scalars and comments. At anything else it gives up
//! (`None`): anchors, tags, directives, `? `, tabs, carriage returns, scalars on several lines, and every mistake.

mod block;
mod bytes;
mod flow;
mod literal;
mod scalar;
mod shared;

use ecow::EcoVec;

use crate::source::Span;
use crate::yaml::parse::fast::shared::Shared;
use crate::yaml::parse::{MAX_DEPTH, keys, offset};
use crate::yaml::{Entry, Kind, Node};

/// The documents of a text without control characters; `None` if they are to be read by the referee.
pub fn read(text: &str, start: u32) -> Option<Vec<Node>> {
    if has_carriage_return(text) {
        return None;
    }
    let mut cursor = Cursor {
        text,
        bytes: text.as_bytes(),
        start,
        at: 0,
        line: 0,
        indent: END,
        depth: 0,
        entries: Vec::new(),
        items: Vec::new(),
        shared: Shared::default(),
    };
    let mut nodes = Vec::new();
    cursor.next_line()?;
    loop {
        if cursor.indent == END && !cursor.marker()? {
            return Some(nodes);
        }
        if cursor.indent != END {
            nodes.push(cursor.block(END)?);
        }
        if cursor.indent != END {
            return None;
        }
    }
}

/// Without an early end, which is done sixteen bytes at a time.
fn has_carriage_return(text: &str) -> bool {
    text.bytes().map(|it| u8::from(it == b'\r')).fold(0, |found, it| found | it) != 0
}

/// The indent of what lies outside of every block: the end of the document.
const END: i32 = -1;

/// A place in the text.
struct Cursor<'a> {
    text: &'a str,
    bytes: &'a [u8],
    start: u32,
    at: usize,
    /// Where the line of `at` begins; not kept up to date inside of flow collections.
    line: usize,
    /// The column of the line's first character that is no blank; [`END`] at the end of the document.
    indent: i32,
    depth: usize,
    /// The entries of the mappings that are still open, inner ones last: so each gets the room it needs and no more.
    entries: Vec<Entry>,
    /// Likewise the items of lists.
    items: Vec<Node>,
    shared: Shared,
}

impl<'a> Cursor<'a> {
    /// The byte at the cursor; a line feed at the end of the text, which needs none.
    fn byte(&self) -> u8 {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> u8 {
        self.bytes.get(self.at + by).copied().unwrap_or(b'\n')
    }

    fn slice(&self, lo: usize, hi: usize) -> &'a str {
        &self.text[lo..hi]
    }

    fn span(&self, lo: usize, hi: usize) -> Span {
        Span { lo: self.start + offset(lo), hi: self.start + offset(hi) }
    }

    fn blanks(&mut self) {
        while self.byte() == b' ' {
            self.at += 1;
        }
    }

    fn comment(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len());
    }

    /// Goes from the end of a value to the next line that has something on it.
    fn finish_line(&mut self) -> Option<()> {
        let end = self.at;
        self.blanks();
        if self.byte() == b'#' && self.at > end {
            self.comment();
        }
        if self.byte() != b'\n' {
            return None;
        }
        self.at = self.bytes.len().min(self.at + 1);
        self.next_line()
    }

    /// Goes from the start of a line to the first line that has something on it.
    fn next_line(&mut self) -> Option<()> {
        loop {
            self.line = self.at;
            self.blanks();
            if self.byte() == b'#' {
                self.comment();
            }
            if self.at >= self.bytes.len() {
                self.indent = END;
                return Some(());
            }
            if self.byte() != b'\n' {
                break;
            }
            self.at += 1;
        }
        self.indent = if self.at == self.line && self.at_marker() { END } else { self.column()? };
        Some(())
    }

    fn column(&self) -> Option<i32> {
        i32::try_from(self.at - self.line).ok()
    }

    fn at_marker(&self) -> bool {
        let rest = &self.bytes[self.at..];
        (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && matches!(self.ahead(3), b' ' | b'\t' | b'\n')
    }

    /// Goes past a `---`; `false` at the end of the text.
    fn marker(&mut self) -> Option<bool> {
        if self.at >= self.bytes.len() {
            return Some(false);
        }
        if self.byte() != b'-' {
            return None;
        }
        self.at += 3;
        self.finish_line().map(|()| true)
    }

    /// Reads something inside of a collection.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let it = read(self);
        self.depth -= 1;
        it
    }

    /// Ends the innermost list, whose items begin at `first`.
    fn list(&mut self, first: usize) -> Kind {
        // The room that `collect` takes is for four at the least.
        let mut items = EcoVec::with_capacity(self.items.len() - first);
        items.extend(self.items.drain(first..));
        Kind::List(items)
    }

    /// Ends the innermost mapping, whose entries begin at `first`.
    fn mapping(&mut self, first: usize) -> Option<Kind> {
        let whole = keys::duplicates(&self.entries[first..]).is_empty();
        whole.then(|| Kind::Map(self.entries.drain(first..).collect()))
    }
}
