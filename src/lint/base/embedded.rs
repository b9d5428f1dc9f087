//! YAML inside of a value: an annotation or a ConfigMap that holds a document of its own.

use crate::diag::Diagnostics;
use crate::mesh::object::NOTHING;
use crate::source::SourceMap;
use crate::yaml::{Node, parse_all};

/// The first document in a text; `None` if it is no YAML. Its places are not those of the files: they are forgotten.
pub fn embedded(text: &str) -> Option<Node> {
    let mut files = SourceMap::default();
    let file = files.add("embedded", text)?;
    let documents = parse_all(file, &files, &mut Diagnostics::default()).ok()?;
    Some(documents.into_iter().next().unwrap_or_else(|| NOTHING.clone()).without_places())
}
