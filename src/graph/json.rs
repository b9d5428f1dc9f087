//! The graph as JSON: every fact, also of what pictures leave out.

use serde::Serialize;

use crate::graph::model::{Edge, Graph, Vertex};

/// One object: `title`, `nodes`, `edges` (whose `from` and `to` are ids of nodes) and `notes`. A key is always there.
pub fn json(graph: &Graph) -> String {
    let edge = |it| Line { from: &graph.vertices[at(it).0].id, to: &graph.vertices[at(it).1].id, edge: it };
    let page = Page {
        title: &graph.title,
        nodes: &graph.vertices,
        edges: graph.edges.iter().map(edge).collect(),
        notes: &graph.notes,
    };
    // Texts, numbers and lists: nothing here can be refused.
    serde_json::to_string_pretty(&page).unwrap_or_default() + "\n"
}

fn at(edge: &Edge) -> (usize, usize) {
    (edge.from, edge.to)
}

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    nodes: &'a [Vertex],
    edges: Vec<Line<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Line<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(flatten)]
    edge: &'a Edge,
}
