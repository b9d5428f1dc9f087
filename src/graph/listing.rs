//! The graph as a list, service by service: what a terminal has room for.

use std::collections::BTreeMap;

use crate::graph::layout::labels;
use crate::graph::model::{Edge, Graph, Relation, Role};

/// Each service with whoever calls it and the versions that answer, by namespace.
pub fn listing(graph: &Graph) -> String {
    let mut into: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
    let mut out_of: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
    for (_, edge) in graph.drawn() {
        into.entry(edge.to).or_default().push(edge);
        out_of.entry(edge.from).or_default().push(edge);
    }
    let mut out = format!("{}: {}\n", graph.title, graph.summary());
    let mut space = None;
    let called = |role| matches!(role, Role::Gateway | Role::Service | Role::External);
    for (place, vertex) in graph.vertices.iter().enumerate().filter(|it| called(it.1.role)) {
        if space != Some(&vertex.namespace) {
            out.extend(["\n", &vertex.namespace, "\n"]);
            space = Some(&vertex.namespace);
        }
        let details = vertex.details.join(", ");
        out.extend(["  ", vertex.role.word(), " ", &vertex.name, "  ", &details]);
        out = out.trim_end().to_owned() + "\n";
        for edge in into.get(&place).into_iter().flatten() {
            let from = &graph.vertices[edge.from];
            out.push_str(&line("from", &from.full_name(), edge));
        }
        let routes = out_of.get(&place).into_iter().flatten();
        for edge in routes.filter(|it| matches!(it.relation, Relation::Routes | Relation::Mirrors)) {
            out.push_str(&line("to", &graph.vertices[edge.to].name, edge));
        }
    }
    if !graph.notes.is_empty() {
        out.push('\n');
    }
    out.extend(graph.notes.iter().flat_map(|it| ["note: ", it, "\n"]));
    out
}

fn line(word: &str, name: &str, edge: &Edge) -> String {
    let mut facts = labels(edge);
    facts.retain(|it| !it.is_empty());
    facts.extend(edge.security.map(|it| it.word().to_owned()));
    let arrow = if edge.is_denied() { "✗" } else { " " };
    format!("   {arrow} {word:<4} {name}  {}", facts.join("; ")).trim_end().to_owned() + "\n"
}
