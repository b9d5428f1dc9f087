//! YAML inside of a value: an annotation or a ConfigMap that holds a document of its own.

use crate::diag::Diagnostics;
use crate::source::SourceMap;
use crate::yaml::{Node, parse};

/// The document in a text; `None` if it is no YAML. Its places are not those of the files: they are forgotten.
pub fn embedded(text: &str) -> Option<Node> {
    let mut files = SourceMap::default();
    let file = files.add("embedded", text)?;
    parse(file, &files, &mut Diagnostics::default()).ok().map(Node::without_places)
}
