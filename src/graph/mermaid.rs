//! Stub.

use crate::graph::model::Graph;

/// Stub.
pub fn mermaid(graph: &Graph) -> String {
    graph.title.clone()
}
