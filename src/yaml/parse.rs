//! Text to [`Node`]: the only file that names the parser crate.

use crate::diag::{Diagnostics, Reported};
use crate::source::{FileId, SourceMap};
use crate::yaml::Node;

/// The only document of a file; an empty file is a null.
///
/// # Errors
/// Everything that keeps the text from being one YAML document, each reported with its place.
pub fn parse(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Node, Reported> {
    let _ = (file, files, diags);
    unimplemented!("being written")
}

/// All documents of a file, in order; empty ones are left out.
///
/// # Errors
/// As [`parse`], but any number of documents is fine.
pub fn parse_all(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Vec<Node>, Reported> {
    let _ = (file, files, diags);
    unimplemented!("being written")
}
