//! The graph as a Mermaid flow chart, which GitHub and others draw in Markdown.

use crate::graph::layout::{Look, labels};
use crate::graph::model::{Graph, Role};

/// The flow chart. Names stand in quotes, and what means something to Mermaid is spelt as a number.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    for (place, (vertex, lines)) in graph.vertices.iter().zip(graph.lines()).enumerate() {
        let lines: Vec<String> = lines.iter().map(|it| escape(it)).collect();
        let (open, close) = shape(vertex.role);
        let text = lines.join("<br/>");
        out.extend([format!("  n{place}{open}\"{text}\"{close}:::{}\n", class(vertex.role))]);
    }
    let (mut denied, mut number) = (Vec::new(), 0);
    for (_, edge) in graph.drawn() {
        let look = Look::of(edge);
        for label in labels(edge) {
            let label = format!("{} {}", mark(look), escape(&label));
            let label =
                if label.trim().is_empty() { String::new() } else { format!("|\"{}\"|", label.trim()) };
            out.extend([format!("  n{} {}{label} n{}\n", edge.from, arrow(look), edge.to)]);
            denied.extend((look == Look::Denied).then(|| format!("{number}")));
            number += 1;
        }
    }
    out.push_str(CLASSES);
    if !denied.is_empty() {
        out.extend([format!("  linkStyle {} stroke:#dc2626\n", denied.join(","))]);
    }
    out.extend(graph.notes.iter().map(|it| format!("  %% {}\n", escape(it))));
    out
}

const CLASSES: &str = "  classDef service stroke:#0d9488,stroke-width:2px
  classDef other stroke:#64748b
  classDef outside stroke-dasharray:4 3
";

fn class(role: Role) -> &'static str {
    match role {
        Role::Service => "service",
        Role::Outside | Role::Caller => "outside",
        Role::Gateway | Role::Client | Role::Version | Role::External => "other",
    }
}

fn shape(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Outside => ("((", "))"),
        Role::Gateway => ("{{", "}}"),
        Role::Client | Role::Caller | Role::Version => ("[", "]"),
        Role::Service => ("(", ")"),
        Role::External => ("[/", "/]"),
    }
}

fn arrow(look: Look) -> &'static str {
    match look {
        Look::Route | Look::Strict | Look::Tls => "-->",
        Look::Permissive | Look::Disabled | Look::Plain | Look::Idle | Look::Mirror => "-.->",
        Look::Denied => "-.-x",
        Look::Undeclared => "==>",
    }
}

fn mark(look: Look) -> &'static str {
    match look {
        Look::Strict | Look::Tls => "🔒",
        Look::Permissive => "🔓",
        Look::Denied => "✗",
        Look::Route | Look::Idle | Look::Mirror | Look::Disabled | Look::Plain | Look::Undeclared => "",
    }
}

/// Letters, digits and harmless signs stay; anything else is spelt `#35;`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            _ if it.is_alphanumeric() => out.push(it),
            ' ' | '.' | ',' | ':' | '/' | '-' | '_' | '*' | '+' | '=' | '…' | '(' | ')' => out.push(it),
            _ if it.is_control() => out.push(' '),
            // A space before it keeps it from being half of a directive.
            '%' if out.ends_with(' ') => out.push(it),
            _ => out.extend([format!("#{};", u32::from(it))]),
        }
    }
    out
}
