//! Block collections: their lines begin at one column.

use crate::source::{Span, Text};
use crate::yaml::parse::fast::{Cursor, bytes};
use crate::yaml::parse::nothing;
use crate::yaml::{Entry, Node};

impl Cursor<'_> {
    /// The value at the cursor, on a line of its own or behind a dash, inside of a block with the indent `parent`.
    ///
    /// The cursor is left at the next line that has something on it. That it is indented no deeper than a block has
    /// lines is for the block to see, which also settles that a plain scalar ends with its line.
    pub fn block(&mut self, parent: i32) -> Option<Node> {
        let column = self.column()?;
        match self.byte() {
            b'-' if self.at_dash() => return self.deeper(|this| this.block_list(column)),
            b'[' | b'{' | b'|' | b'>' => return self.inline(parent),
            _ => {}
        }
        let word = self.word(bytes::BLOCK)?;
        let end = self.at;
        self.blanks();
        if self.byte() == b':' {
            let key = word.key()?;
            return self.deeper(|this| this.block_map(column, key));
        }
        self.at = end;
        self.finish_line()?;
        Some(word.value())
    }

    /// The value at the cursor, behind a key on its line.
    fn inline(&mut self, parent: i32) -> Option<Node> {
        let node = match self.byte() {
            b'|' | b'>' => return self.literal(parent),
            b'[' | b'{' => self.flow()?,
            _ => self.word(bytes::BLOCK)?.value(),
        };
        self.finish_line()?;
        Some(node)
    }

    fn block_list(&mut self, column: i32) -> Option<Node> {
        let lo = self.at;
        let first = self.items.len();
        loop {
            self.at += 1;
            self.blanks();
            if matches!(self.byte(), b'\n' | b'#') {
                self.finish_line_after_blank()?;
                if self.indent <= column {
                    return None;
                }
            }
            let item = self.block(column)?;
            let hi = item.span.hi;
            self.items.push(item);
            if self.indent > column {
                return None;
            }
            if self.indent < column || !self.at_dash() {
                let span = Span { hi, ..self.span(lo, lo) };
                return Some(Node { kind: self.list(first), span });
            }
        }
    }

    /// A mapping whose first key has been read; the cursor is at its colon.
    fn block_map(&mut self, column: i32, mut key: Text) -> Option<Node> {
        let mut span = key.span;
        let first = self.entries.len();
        loop {
            let value = self.block_value(column)?;
            span = span.to(value.span);
            self.entries.push(Entry { key, value });
            if self.indent > column {
                return None;
            }
            if self.indent < column {
                return Some(Node { kind: self.mapping(first)?, span });
            }
            key = self.word(bytes::BLOCK)?.key()?;
            self.blanks();
        }
    }

    /// What follows a key in a block mapping; the cursor is at the colon.
    fn block_value(&mut self, column: i32) -> Option<Node> {
        if self.byte() != b':' || !matches!(self.ahead(1), b' ' | b'\n') {
            return None;
        }
        self.at += 1;
        let colon = self.span(self.at, self.at).lo;
        self.blanks();
        if !matches!(self.byte(), b'\n' | b'#') {
            return self.inline(column);
        }
        self.finish_line_after_blank()?;
        if self.indent > column {
            return self.block(column);
        }
        if self.indent == column && self.at_dash() {
            return self.deeper(|this| this.block_list(column));
        }
        Some(nothing(colon))
    }

    /// As `finish_line`, where the cursor has already gone past the blanks before a comment.
    fn finish_line_after_blank(&mut self) -> Option<()> {
        if self.byte() == b'#' {
            if self.bytes[self.at - 1] != b' ' {
                return None;
            }
            self.comment();
        }
        self.finish_line()
    }

    fn at_dash(&self) -> bool {
        self.byte() == b'-' && matches!(self.ahead(1), b' ' | b'\n')
    }
}
