//! Scalars on one line: plain and quoted.

use crate::source::{Span, Str, Text};
use crate::yaml::parse::fast::{Cursor, bytes};
use crate::yaml::{Kind, Node, Scalar};

/// A scalar as it stands, be it a key or a value.
pub struct Word {
    /// Its text.
    pub text: Str,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// Unquoted.
    pub plain: bool,
}

/// The parser crate looks no further for the colon of a key.
const MAX_KEY: u32 = 1000;

impl Word {
    /// As a key; `None` for those that are more than a word.
    pub fn key(self) -> Option<Text> {
        let merges = self.plain && self.text == "<<";
        (!merges && self.span.hi - self.span.lo <= MAX_KEY).then_some(Text::new(self.text, self.span))
    }

    /// As a value.
    pub fn value(self) -> Node {
        let kind = match self.text.as_str() {
            "~" | "null" | "Null" | "NULL" if self.plain => Kind::Null,
            _ => Kind::Scalar(Scalar { text: self.text, plain: self.plain }),
        };
        Node { kind, span: self.span }
    }
}

impl Cursor<'_> {
    /// The scalar at the cursor, which is left behind it: of a plain one before the blanks that follow it.
    pub fn word(&mut self, class: u8) -> Option<Word> {
        match self.byte() {
            b'"' => self.double(),
            b'\'' => self.single(),
            _ => self.plain(class),
        }
    }

    fn plain(&mut self, class: u8) -> Option<Word> {
        let lo = self.at;
        let first = self.byte();
        // A dash or colon is text where something follows at once.
        let marks =
            matches!(first, b'-' | b':') && (bytes::is(self.ahead(1), bytes::FIRST) || self.ahead(1) == b'-');
        if !marks && !bytes::is(first, bytes::FIRST) {
            return None;
        }
        self.at += 1;
        loop {
            while bytes::is(self.byte(), class) {
                self.at += 1;
            }
            let goes_on = match self.byte() {
                b':' => bytes::is(self.ahead(1), class) && self.ahead(1) != b' ' || self.ahead(1) == b':',
                b'#' => self.bytes[self.at - 1] != b' ',
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => false,
                _ => return None,
            };
            if !goes_on {
                break;
            }
            self.at += 1;
        }
        while self.bytes[self.at - 1] == b' ' {
            self.at -= 1;
        }
        let text = self.shared.text(&self.text[lo..self.at]);
        Some(Word { text, span: self.span(lo, self.at), plain: true })
    }

    fn single(&mut self) -> Option<Word> {
        let lo = self.at;
        let mut text = Str::new();
        loop {
            let from = self.at + 1;
            self.at = from;
            while bytes::is(self.byte(), bytes::SINGLE) {
                self.at += 1;
            }
            if self.byte() != b'\'' {
                return None;
            }
            let twice = self.ahead(1) == b'\'';
            self.at += 1;
            text.push_str(self.slice(from, self.at - usize::from(!twice)));
            if !twice {
                return Some(Word { text, span: self.span(lo, self.at), plain: false });
            }
        }
    }

    fn double(&mut self) -> Option<Word> {
        let lo = self.at;
        let mut text = Str::new();
        self.at += 1;
        loop {
            let from = self.at;
            while bytes::is(self.byte(), bytes::DOUBLE) {
                self.at += 1;
            }
            text.push_str(self.slice(from, self.at));
            match self.byte() {
                b'"' => break,
                b'\\' => text.push(self.escape()?),
                _ => return None,
            }
        }
        self.at += 1;
        Some(Word { text, span: self.span(lo, self.at), plain: false })
    }

    fn escape(&mut self) -> Option<char> {
        let (digits, simple) = match self.ahead(1) {
            b'n' => (0, '\n'),
            b't' => (0, '\t'),
            b'r' => (0, '\r'),
            b'0' => (0, '\0'),
            it @ (b'"' | b'\\' | b'/' | b' ') => (0, char::from(it)),
            b'x' => (2, '\0'),
            b'u' => (4, '\0'),
            _ => return None,
        };
        self.at += 2;
        if digits == 0 {
            return Some(simple);
        }
        let written = self.text.get(self.at..self.at + digits)?;
        self.at += digits;
        let all_digits = written.bytes().all(|it| it.is_ascii_hexdigit());
        u32::from_str_radix(written, 16).ok().filter(|_| all_digits).and_then(char::from_u32)
    }
}
