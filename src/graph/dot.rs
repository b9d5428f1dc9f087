//! The graph for Graphviz.

use crate::graph::layout::{Look, labels};
use crate::graph::model::{Graph, Role};

/// A digraph from left to right; every name stands in quotes.
pub fn dot(graph: &Graph) -> String {
    let mut out = format!("digraph {} {{\n{HEAD}", quoted(&graph.title));
    for ((vertex, lines), place) in graph.vertices.iter().zip(graph.lines()).zip(0..) {
        let (label, tip) = (quoted(&lines.join("\n")), quoted(&vertex.sentence()));
        out.extend([format!("  n{place} [label={label}, tooltip={tip}{}];\n", style(vertex.role))]);
    }
    for (_, edge) in graph.drawn() {
        let look = Look::of(edge);
        let tip = quoted(&graph.sentence(edge));
        for label in labels(edge) {
            let label = format!("{} {label}", mark(look));
            let label = quoted(label.trim());
            let line = line(look);
            out.extend([format!("  n{} -> n{} [label={label}, tooltip={tip}{line}];\n", edge.from, edge.to)]);
        }
    }
    out.extend(graph.notes.iter().map(|it| format!("  // {}\n", it.replace(char::is_control, " "))));
    out.push_str("}\n");
    out
}

const HEAD: &str = "  rankdir=LR;
  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];
  edge [fontname=\"sans-serif\", fontsize=10];
";

fn style(role: Role) -> &'static str {
    match role {
        Role::Outside | Role::Caller => ", style=\"rounded,dashed\"",
        Role::Gateway => ", shape=cds, style=solid",
        Role::Service => ", color=\"#0d9488\", penwidth=2",
        Role::Client | Role::Version => "",
        Role::External => ", shape=note, style=solid",
    }
}

fn line(look: Look) -> &'static str {
    match look {
        Look::Route => "",
        Look::Idle => ", style=dotted, color=gray",
        Look::Mirror => ", style=dotted, color=\"#7c3aed\"",
        Look::Strict => ", color=\"#15803d\"",
        Look::Permissive => ", style=dashed, color=\"#b45309\"",
        Look::Disabled | Look::Plain => ", style=dotted",
        Look::Tls => ", color=\"#4338ca\"",
        Look::Denied => ", style=dashed, color=\"#dc2626\", arrowhead=tee",
        Look::Undeclared => ", style=bold, color=\"#c026d3\"",
    }
}

fn mark(look: Look) -> &'static str {
    match look {
        Look::Strict => "mTLS",
        Look::Permissive => "mTLS or plain",
        Look::Disabled => "plain",
        Look::Denied => "✗",
        Look::Route | Look::Idle | Look::Mirror | Look::Tls | Look::Plain | Look::Undeclared => "",
    }
}

/// A quoted text: in it only quotes, backslashes and line breaks mean something.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if it.is_control() => out.push(' '),
            _ => out.push(it),
        }
    }
    out + "\""
}
