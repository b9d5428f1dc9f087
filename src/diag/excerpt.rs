//! Cuts the lines around a finding out of its texts: few, short, and safe to print on a terminal.

use std::ops::Range;

use crate::source::{FileId, SourceMap, Span};

/// Places at most this many lines apart share an excerpt.
const NEAR: usize = 20;
/// A line of more characters than this is shown in part.
const LONG: usize = 200;
/// What is shown of a long line before the caret and from the caret on, in characters.
const WINDOW: (usize, usize) = (60, 120);
/// Stands for what is not shown of a line.
pub const ELLIPSIS: &str = "...";

/// A place to show, with words beside it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The place.
    pub span: Span,
    /// Words beside the caret; may be empty.
    pub label: &'a str,
    /// Whether this is where the mistake is.
    pub primary: bool,
}

/// Some whole or shortened lines of one file.
pub struct Excerpt<'a> {
    /// The path of the file, as it was given.
    pub path: &'a str,
    /// The number of the first line, from 1.
    pub first_line: usize,
    /// The lines without control characters, joined by `\n`.
    pub text: String,
    /// The places in them: byte ranges of `text`, each within one line.
    pub marks: Vec<(Range<usize>, Place<'a>)>,
    /// How many characters the ellipsis at the start of the first line stands for; 0 without one.
    pub hidden: usize,
}

struct Spot<'a> {
    file: FileId,
    line: usize,
    /// The marked bytes, of the file's text; a mark ends with its line.
    bytes: Range<usize>,
    place: Place<'a>,
}

/// The excerpts that show the given places, the one with the primary place first.
pub fn excerpts<'a>(places: &[Place<'a>], files: &'a SourceMap) -> Vec<Excerpt<'a>> {
    let mut spots: Vec<Spot> = places.iter().filter_map(|it| spot(*it, files)).collect();
    spots.sort_by_key(|it| (it.file, it.line, it.bytes.start));
    let mut groups: Vec<&[Spot]> = spots.chunk_by(|a, b| share_excerpt(a, b, files)).collect();
    groups.sort_by_key(|group| !group.iter().any(|it| it.place.primary));
    groups.into_iter().map(|group| excerpt(group, files)).collect()
}

/// A text from the user, made safe to stand in a message: control characters are written out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for it in text.chars() {
        if is_unsafe(it) { safe.extend(it.escape_default()) } else { safe.push(it) }
    }
    safe
}

/// Whether a place lies in one line that is shown whole.
pub fn is_whole(span: Span, files: &SourceMap) -> bool {
    let (Some(file), Some(bytes), Some(start)) = (files.file_of(span), files.range(span), files.locate(span))
    else {
        return false;
    };
    files.line(file, start.line).is_some_and(|it| bytes.end <= it.end && !is_long(&files.text(file)[it]))
}

fn spot<'a>(place: Place<'a>, files: &SourceMap) -> Option<Spot<'a>> {
    let file = files.file_of(place.span)?;
    let line = files.locate(place.span)?.line;
    let within = files.line(file, line)?;
    let bytes = files.range(place.span)?;
    let start = bytes.start.clamp(within.start, within.end);
    let end = bytes.end.clamp(start, within.end);
    Some(Spot { file, line, bytes: start..end, place })
}

fn share_excerpt(a: &Spot, b: &Spot, files: &SourceMap) -> bool {
    let long = |it: &Spot| is_long(line_text(it.file, it.line, files));
    a.file == b.file && b.line - a.line <= NEAR && !long(a) && !long(b)
}

fn excerpt<'a>(group: &[Spot<'a>], files: &'a SourceMap) -> Excerpt<'a> {
    let (first, last) = (&group[0], &group[group.len() - 1]);
    let mut shown = Excerpt {
        path: files.path(first.file),
        first_line: first.line,
        text: String::new(),
        marks: Vec::new(),
        hidden: 0,
    };
    for line in first.line..=last.line {
        let range = files.line(first.file, line).unwrap_or_default();
        let spots = || group.iter().filter(|it| it.line == line);
        let caret = spots().next().map_or(range.start, |it| it.bytes.start);
        let cut = window(&files.text(first.file)[range.clone()], caret - range.start);
        let cut = range.start + cut.start..range.start + cut.end;
        if cut.start > range.start {
            shown.text.push_str(ELLIPSIS);
            shown.hidden = files.text(first.file)[range.start..cut.start].chars().count();
        }
        let base = shown.text.len();
        let at = |byte: usize| base + visible(&files.text(first.file)[cut.start..byte.min(cut.end)]).len();
        shown.marks.extend(spots().map(|it| (at(it.bytes.start)..at(it.bytes.end), it.place)));
        shown.text.push_str(&visible(&files.text(first.file)[cut.clone()]));
        shown.text.push_str(if cut.end < range.end { ELLIPSIS } else { "" });
        shown.text.push('\n');
    }
    shown
}

fn line_text(file: FileId, line: usize, files: &SourceMap) -> &str {
    files.line(file, line).map_or("", |it| &files.text(file)[it])
}

fn is_long(line: &str) -> bool {
    line.len() > LONG && line.chars().nth(LONG).is_some()
}

/// The bytes to show of a line with a caret at byte `caret`.
fn window(line: &str, caret: usize) -> Range<usize> {
    if !is_long(line) {
        return 0..line.len();
    }
    let start = line[..caret].char_indices().rev().nth(WINDOW.0 - 1).map_or(0, |(at, _)| at);
    let end = line[caret..].char_indices().nth(WINDOW.1).map_or(line.len(), |(at, _)| caret + at);
    start..end
}

/// The line with one harmless character for each that could move the cursor or reorder the text.
fn visible(line: &str) -> String {
    line.chars()
        .map(|it| if it != '\t' && is_unsafe(it) { char::REPLACEMENT_CHARACTER } else { it })
        .collect()
}

fn is_unsafe(it: char) -> bool {
    let invisible = matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    it.is_control() || invisible
}
