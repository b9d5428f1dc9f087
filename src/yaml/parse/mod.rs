//! Text to [`Node`]s: a fast reader for the YAML that people write, and a complete one behind it.
//!
//! The fast reader gives up at whatever it is not sure of, mistakes above all; the complete one then reads the text
//! from the start. So there is one place where errors are born, and both give the same tree where both give one.

mod anchors;
mod explain;
mod fast;
mod keys;
#[cfg(test)]
mod laws;
mod printable;
mod referee;
mod spot;
mod stream;
#[cfg(test)]
mod tests;
mod tree;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::{FileId, SourceMap, Span};
use crate::yaml::Node;

/// How many lists and mappings may stand inside each other.
const MAX_DEPTH: usize = 128;

/// The only document of a file; a file with nothing but comments is a null at its first byte.
///
/// Spans are exact: a quoted string with its quotes, a block scalar from the first to the last byte of its content, a
/// collection from its first to its last byte, a missing value as nothing after its `:` or `-`. What an alias stands
/// for has the span of the alias; what is inside of it, that of the anchored text. The keys under a `<<` come before
/// the keys written beside it, which replace them in place.
///
/// # Errors
/// Everything that keeps the text from being one YAML document, each reported with its place.
pub fn parse(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
    let mut nodes = parse_all(file, files, diags)?.into_iter();
    let start = files.start(file);
    let first = nodes.next().unwrap_or_else(|| nothing(start));
    let Some(second) = nodes.next() else {
        return Ok(first);
    };
    let text = &files.text(file)[(second.span.lo - start) as usize..];
    let line = text.lines().next().unwrap_or_default().len();
    let span = Span { hi: second.span.hi.min(second.span.lo + offset(line)), ..second.span };
    let error = Diagnostic::error(code::SEVERAL_DOCUMENTS, span, "a second document starts here")
        .related(Span { hi: first.span.lo, ..first.span }, "the first")
        .help("keep one document and move the others to files of their own");
    Err(diags.report(error))
}

/// All documents of a file, in order; empty ones are left out.
///
/// # Errors
/// As [`parse`], but any number of documents is fine, and so are JSON values without anything between.
pub fn parse_all(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Vec<Node>, Reported> {
    let (text, start) = (files.text(file), files.start(file));
    printable::only_text(text, start, diags)?;
    if let Some(nodes) = fast::read(text, start) {
        return Ok(nodes);
    }
    let Some(values) = stream::values(text) else { return referee::read(text, start, diags) };
    let mut nodes = Vec::new();
    for value in values {
        nodes.extend(referee::read(&text[value.clone()], start + offset(value.start), diags)?);
    }
    Ok(nodes)
}

/// A value that is not there.
fn nothing(at: u32) -> Node {
    Node { kind: crate::yaml::Kind::Null, span: Span { lo: at, hi: at } }
}

/// A length or place within one text: a [`SourceMap`] takes in no text beyond the range of `u32`.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
