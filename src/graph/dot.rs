//! Stub.

use crate::graph::model::Graph;

/// Stub.
pub fn dot(graph: &Graph) -> String {
    graph.title.clone()
}
