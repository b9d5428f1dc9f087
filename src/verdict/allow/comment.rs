//! Where comments allow something, and what they are about.

use crate::diag::Diagnostic;
use crate::source::{FileId, SourceMap, Span};
use crate::verdict::allow::words::Words;
use crate::verdict::allow::{Allowance, Place};

const MARK: &str = "meshgen: allow";

/// The allowances of one text. A text without the mark costs one search.
pub fn allowances(file: FileId, files: &SourceMap, found: &mut Vec<Allowance>, told: &mut Vec<Diagnostic>) {
    let (text, start) = (files.text(file), files.start(file));
    let mut from = 0;
    while let Some(at) = text[from..].find(MARK).map(|it| it + from) {
        from = at + MARK.len();
        let line = Line::around(text, at);
        let words = &text[from..line.end];
        let Some(hash) = line.hash(text, at) else { continue };
        if words.starts_with(|it: char| !it.is_whitespace()) {
            continue;
        }
        let span = placed(start, hash, line.end);
        match Words::parse(words) {
            Ok(words) => {
                let place = about(text, line, hash, start);
                found.push(Allowance { span, place, words, used: false });
            }
            Err(unclear) => told.push(unclear.at(span)),
        }
    }
}

fn placed(start: u32, lo: usize, hi: usize) -> Span {
    let place = |it: usize| start.saturating_add(u32::try_from(it).unwrap_or(u32::MAX));
    Span { lo: place(lo), hi: place(hi) }
}

/// A line, without its end.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
}

impl Line {
    fn around(text: &str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let end = text[at..].find('\n').map_or(text.len(), |it| it + at);
        let end = start + text[start..end].trim_end().len();
        Self { start, end: end.max(at) }
    }

    /// The line after this one.
    fn next(self, text: &str) -> Option<Self> {
        let start = text[self.end..].find('\n').map(|it| it + self.end + 1)?;
        let end = text[start..].find('\n').map_or(text.len(), |it| it + start);
        Some(Self { start, end })
    }

    fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Where the comment begins that holds the mark; `None` if it is not in a comment.
    fn hash(self, text: &str, at: usize) -> Option<usize> {
        let before = text[self.start..at].trim_end();
        let hash = self.start + before.strip_suffix('#')?.len();
        // `a#b` is no comment: a blank comes before.
        let is_comment = hash == self.start || text[..hash].ends_with([' ', '\t', '\n']);
        is_comment.then_some(hash)
    }
}

/// The bytes that a comment is about.
fn about(text: &str, line: Line, hash: usize, start: u32) -> Place {
    let says_more = !text[line.start..hash].trim().is_empty();
    if says_more {
        return Place::Line(placed(start, line.start, line.end));
    }
    let mut next = line.next(text);
    while let Some(it) = next.filter(|it| is_silent(it.of(text))) {
        next = it.next(text);
    }
    let Some(next) = next else {
        return Place::Line(placed(start, line.start, line.end));
    };
    if is_head(&text[..line.start]) {
        return Place::Document(placed(start, line.start, end_of_document(text, next)));
    }
    Place::Line(placed(start, next.start, next.end))
}

/// Whether a line has nothing but a comment.
fn is_silent(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Whether a document begins behind this text.
fn is_head(before: &str) -> bool {
    let last = before.lines().rev().find(|it| !is_silent(it));
    last.is_none_or(|it| it.trim_end() == "---" || it.starts_with("--- #") || it.starts_with('%'))
}

fn end_of_document(text: &str, first: Line) -> usize {
    let mut line = first;
    // The dashes that open this document are not its end.
    if line.of(text).starts_with("---") {
        match line.next(text) {
            Some(next) => line = next,
            None => return text.len(),
        }
    }
    let rest = &text[line.start..];
    rest.find("\n---").map_or(text.len(), |it| line.start + it + 1)
}
