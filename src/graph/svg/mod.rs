//! Stub.

use crate::graph::model::Graph;

/// Stub.
pub fn svg(graph: &Graph) -> String {
    graph.title.clone()
}
