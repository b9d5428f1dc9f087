//! Block scalars: `|` keeps the line breaks of its lines, `>` folds them.

use crate::source::Str;
use crate::yaml::parse::fast::Cursor;
use crate::yaml::{Kind, Node, Scalar};

impl Cursor<'_> {
    /// The block scalar at the cursor, inside of a block with the indent `parent`; as `block` leaves the cursor.
    pub fn literal(&mut self, parent: i32) -> Option<Node> {
        let folds = self.byte() == b'>';
        self.at += 1;
        let chomp = self.byte();
        self.at += usize::from(matches!(chomp, b'+' | b'-'));
        self.blanks();
        if self.byte() != b'\n' {
            return None;
        }
        self.at = self.bytes.len().min(self.at + 1);
        let (first, blank_lines, widest) = self.blank_lines();
        let indent = self.spaces(first);
        if i32::try_from(indent).ok()? <= parent || indent == 0 || widest > indent {
            return None;
        }
        let mut lines = Lines { text: String::new(), breaks: blank_lines, folds, begun: false };
        self.at = first;
        while self.literal_line(indent, &mut lines)? {}
        let lo = first + indent;
        let hi = lo + self.slice(lo, self.at.max(lo)).trim_ascii_end().len();
        if hi == lo {
            return None;
        }
        let breaks = match chomp {
            b'+' => lines.breaks,
            b'-' => 0,
            _ => lines.breaks.min(1),
        };
        lines.text.extend(std::iter::repeat_n('\n', breaks));
        let scalar = Scalar { text: Str::from(lines.text), plain: false };
        let node = Node { kind: Kind::Scalar(scalar), span: self.span(lo, hi) };
        self.next_line()?;
        Some(node)
    }

    /// Where the first line with content begins, how many are before it, and the width of the widest of them.
    fn blank_lines(&self) -> (usize, usize, usize) {
        let (mut at, mut count, mut widest) = (self.at, 0, 0);
        loop {
            let spaces = self.spaces(at);
            if self.bytes.get(at + spaces) != Some(&b'\n') {
                return (at, count, widest);
            }
            at += spaces + 1;
            count += 1;
            widest = widest.max(spaces);
        }
    }

    fn spaces(&self, from: usize) -> usize {
        self.bytes[from..].iter().take_while(|it| **it == b' ').count()
    }

    /// Takes one line; `false` if it does not belong to the scalar.
    fn literal_line(&mut self, indent: usize, lines: &mut Lines) -> Option<bool> {
        if self.at >= self.bytes.len() {
            return Some(false);
        }
        let line = self.at;
        while self.byte() == b' ' && self.at - line < indent {
            self.at += 1;
        }
        let content = self.at;
        match self.byte() {
            b'\t' => return None,
            // Blanks at the end of the text are no line.
            b'\n' if self.at >= self.bytes.len() => return Some(false),
            b'\n' => {}
            _ if content - line < indent => {
                self.at = line;
                return Some(false);
            }
            _ => {
                self.comment();
                if !lines.take(self.slice(content, self.at)) {
                    return None;
                }
            }
        }
        lines.breaks += 1;
        self.at = self.bytes.len().min(self.at + 1);
        Some(true)
    }
}

/// The lines of a block scalar, as far as they have been read.
struct Lines {
    text: String,
    /// Line breaks that wait for the next line.
    breaks: usize,
    folds: bool,
    begun: bool,
}

impl Lines {
    /// Takes the content of one line; `false` for one that is not to be folded like the others.
    fn take(&mut self, content: &str) -> bool {
        if self.folds && content.starts_with(' ') {
            return false;
        }
        if self.folds && self.begun {
            match self.breaks {
                1 => self.text.push(' '),
                more => self.text.extend(std::iter::repeat_n('\n', more - 1)),
            }
        } else {
            self.text.extend(std::iter::repeat_n('\n', self.breaks));
        }
        self.begun = true;
        self.breaks = 0;
        self.text.push_str(content);
        true
    }
}
