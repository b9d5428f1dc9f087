//! Flow collections: `[a, b]` and `{ a: b }`, on one line or several.

use crate::yaml::parse::fast::{Cursor, bytes};
use crate::yaml::parse::nothing;
use crate::yaml::{Entry, Kind, Node};

impl Cursor<'_> {
    /// The flow collection at the cursor, which is left behind it.
    pub fn flow(&mut self) -> Option<Node> {
        self.deeper(|this| {
            let lo = this.at;
            let is_list = this.byte() == b'[';
            this.at += 1;
            let kind = if is_list { this.flow_list()? } else { this.flow_map()? };
            Some(Node { kind, span: this.span(lo, this.at) })
        })
    }

    fn flow_list(&mut self) -> Option<Kind> {
        let first = self.items.len();
        self.gap()?;
        while self.byte() != b']' {
            let item = self.flow_node()?;
            self.items.push(item);
            self.separator(b']')?;
        }
        self.at += 1;
        Some(self.list(first))
    }

    fn flow_map(&mut self) -> Option<Kind> {
        let first = self.entries.len();
        self.gap()?;
        while self.byte() != b'}' {
            let key = self.word(bytes::FLOW)?;
            let quoted = !key.plain;
            self.blanks();
            if self.byte() != b':' || !(quoted || matches!(self.ahead(1), b' ' | b'\n')) {
                return None;
            }
            self.at += 1;
            let colon = self.at;
            self.gap()?;
            let value = match self.byte() {
                b',' | b'}' if self.at > colon => nothing(self.span(colon, colon).lo),
                _ => self.flow_node()?,
            };
            self.entries.push(Entry { key: key.key()?, value });
            self.separator(b'}')?;
        }
        self.at += 1;
        self.mapping(first)
    }

    fn flow_node(&mut self) -> Option<Node> {
        match self.byte() {
            b'[' | b'{' => self.flow(),
            _ => self.word(bytes::FLOW).map(crate::yaml::parse::fast::scalar::Word::value),
        }
    }

    /// Goes past a comma, or up to the closing bracket.
    fn separator(&mut self, close: u8) -> Option<()> {
        self.gap()?;
        if self.byte() == b',' {
            self.at += 1;
            return self.gap();
        }
        (self.byte() == close).then_some(())
    }

    /// Goes past blanks, line breaks and comments.
    fn gap(&mut self) -> Option<()> {
        loop {
            self.blanks();
            if self.byte() == b'#' {
                if !matches!(self.bytes[self.at - 1], b' ' | b'\n') {
                    return None;
                }
                self.comment();
            }
            if self.byte() != b'\n' {
                return Some(());
            }
            if self.at >= self.bytes.len() {
                return None;
            }
            self.at += 1;
            // What begins a line may end the document.
            if matches!(self.byte(), b'-' | b'.' | b'%') {
                return None;
            }
        }
    }
}
