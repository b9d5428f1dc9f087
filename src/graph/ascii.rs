//! Stub.

use crate::graph::model::Graph;

/// Stub.
pub fn ascii(graph: &Graph) -> String {
    graph.title.clone()
}
