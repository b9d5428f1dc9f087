//! A place in a broken text, and what can be seen from there.

use crate::source::Span;
use crate::yaml::parse::offset;

/// A byte of a text that could not be read.
pub struct Spot<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The place in it, at a character.
    pub at: usize,
    start: u32,
}

impl<'a> Spot<'a> {
    /// The character at or before byte `at` of a text whose first byte has the span offset `start`.
    pub fn new(text: &'a str, at: usize, start: u32) -> Self {
        Self { text, at: text.floor_char_boundary(at), start }
    }

    /// The span of some bytes.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let to = self.text.ceil_char_boundary(to.min(self.text.len()));
        Span { lo: self.start + offset(from), hi: self.start + offset(to) }
    }

    /// From the place to the next blank; nothing at the end of a line.
    pub fn word(&self) -> Span {
        let rest = &self.text[self.at..];
        self.span(self.at, self.at + rest.find(char::is_whitespace).unwrap_or(rest.len()))
    }

    /// The line of the place, without its blanks.
    pub fn line(&self) -> Span {
        let (from, to) = self.bounds(self.at);
        let line = &self.text[from..to];
        let from = from + indent(line);
        self.span(from, from + line.trim().len())
    }

    /// Some characters.
    pub fn chars(&self, from: usize, count: usize) -> &'a str {
        let rest = &self.text[from..];
        &rest[..rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at)]
    }

    /// Whether there are only blanks before the place, on its line.
    pub fn is_first_on_line(&self) -> bool {
        self.text[self.bounds(self.at).0..self.at].trim_end_matches(['-', ' ', '\t']).is_empty()
    }

    /// Whether the line begins with a dash, as an item of a list does.
    pub fn has_dash(&self) -> bool {
        let (from, to) = self.bounds(self.at);
        self.text[from..to].trim_start_matches(' ').starts_with("- ")
    }

    /// The first line that begins like this.
    pub fn line_with(&self, prefix: &str) -> Option<usize> {
        if self.text.starts_with(prefix) {
            return Some(0);
        }
        self.text.find(&format!("\n{prefix}")).map(|at| at + 1)
    }

    /// The tab among the blanks that begin the line.
    pub fn tab_before(&self) -> Option<usize> {
        self.tab_of_line(self.bounds(self.at).0)
    }

    /// The first tab below, if it is among the blanks that begin its line.
    pub fn tab_below(&self) -> Option<usize> {
        let tab = self.at + self.text[self.at..].find('\t')?;
        self.tab_of_line(self.bounds(tab).0).filter(|it| *it <= tab)
    }

    fn tab_of_line(&self, from: usize) -> Option<usize> {
        let line = &self.text[from..];
        line[..indent(line)].find('\t').map(|at| from + at)
    }

    /// The first escape behind the place that double quotes do not have; the place itself if all are well.
    pub fn bad_escape(&self) -> usize {
        let mut at = self.at;
        while let Some(found) = self.text[at..].find('\\') {
            at += found;
            let next = self.text[at + 1..].chars().next().unwrap_or('\n');
            let digits = match next {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let written = self.text.get(at + 2..at + 2 + digits);
            let known = "0abt\tnvfre \"/\\N_LP\n\r".contains(next);
            let number = written.filter(|_| digits > 0).and_then(|it| u32::from_str_radix(it, 16).ok());
            if !known && number.and_then(char::from_u32).is_none() {
                return at;
            }
            at += 1 + next.len_utf8();
        }
        self.at
    }

    /// The quote that is closed just before the place, if it was opened on another line.
    pub fn quote_on_an_earlier_line(&self, quote: char) -> Option<usize> {
        let close = self.text[..self.at].rfind(quote)?;
        let open = self.text[..close].rfind(quote)?;
        self.text[open..close].contains('\n').then_some(open)
    }

    /// The innermost bracket that is still open at the place, as far as can be told without regard to quotes.
    pub fn open_bracket(&self) -> Option<usize> {
        let mut closed = 0_usize;
        for (at, byte) in self.text[..self.at].bytes().enumerate().rev() {
            match byte {
                b']' | b'}' => closed += 1,
                b'[' | b'{' if closed == 0 => return Some(at),
                b'[' | b'{' => closed -= 1,
                _ => {}
            }
        }
        None
    }

    /// Whether the line of the place is below that of another and indented no deeper.
    pub fn is_dedented_from(&self, other: usize) -> bool {
        let (mine, theirs) = (self.bounds(self.at), self.bounds(other));
        let width = |(from, to): (usize, usize)| indent(&self.text[from..to]);
        mine.0 > theirs.0 && width(mine) <= width(theirs)
    }

    /// A `key:value` without the blank, on the line of the place or the one above: its start, its colon and its end.
    pub fn glued_key(&self) -> Option<(usize, usize, usize)> {
        let here = self.bounds(self.at).0;
        let above = self.bounds(here.saturating_sub(1)).0;
        [here, above].into_iter().find_map(|from| {
            let line = self.text[from..].lines().next().unwrap_or_default();
            let from = from + line.len() - line.trim_start_matches(['-', ' ']).len();
            let written = line.trim_start_matches(['-', ' ']).trim_end();
            let colon = written.find(':')?;
            let key = written[..colon].trim_matches(['"', '\'']);
            let is_name =
                !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_./".contains(&it));
            let value = &written[colon + 1..];
            let is_value = !value.is_empty() && !value.starts_with([' ', '/', ':']) && !value.contains(": ");
            (is_name && is_value).then_some((from, from + colon, from + written.len()))
        })
    }

    /// Of a line `a: b: c` with the place at its second colon the part `b: c`.
    pub fn second_value(&self) -> Option<(usize, usize)> {
        let (from, to) = self.bounds(self.at);
        let first = self.text[from..self.at].find(": ")?;
        let rest = &self.text[from + first + 2..to];
        let value = rest.split(" #").next().unwrap_or_default();
        let from = from + first + 2 + indent(value);
        Some((from, from + value.trim().len()))
    }

    /// The line of a byte: its first byte and its line feed.
    fn bounds(&self, at: usize) -> (usize, usize) {
        let from = self.text[..at].rfind('\n').map_or(0, |it| it + 1);
        (from, self.text[at..].find('\n').map_or(self.text.len(), |it| at + it))
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
