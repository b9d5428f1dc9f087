//! What the lines mean, and what the picture leaves out: below the picture, only what is in it.

use crate::graph::layout::{Layout, Look};
use crate::graph::model::Graph;
use crate::graph::svg::MARGIN;
use crate::graph::svg::style::{class, mark};
use crate::graph::svg::text::{escape, width};

/// The legend from a height on, and where it ends.
pub fn legend(graph: &Graph, drawing: &Layout, room: i32, top: i32) -> (String, i32) {
    let mut looks: Vec<Look> = drawing.wires.iter().map(|it| it.look).collect();
    looks.sort_unstable();
    looks.dedup();
    let mut out = String::new();
    let (mut x, mut y) = (MARGIN, top + 14);
    for look in looks {
        let words = meaning(look);
        let wide = 58 + width(words, 12, false);
        if x > MARGIN && x + wide > room + MARGIN {
            (x, y) = (MARGIN, y + 24);
        }
        let class = class(look);
        let line = y - 4;
        out.extend([format!(
            "<g class=\"{class}\"><path class=\"line\" d=\"M{x} {line}h24\"/>\
             <path class=\"head\" d=\"M{} {line}l-11 -5l2 5l-2 5z\"/></g>",
            x + 32
        )]);
        let mut text = x + 40;
        if let Some(mark) = mark(look) {
            out.extend([format!(
                "<use class=\"{class} mark\" href=\"#{mark}\" x=\"{text}\" y=\"{}\"/>",
                y - 10
            )]);
            text += 16;
        }
        out.extend([format!("<text class=\"soft\" x=\"{text}\" y=\"{y}\">{words}</text>\n")]);
        x = text + width(words, 12, false) + 28;
    }
    for note in &graph.notes {
        y += 24;
        out.extend([format!("<text class=\"soft\" x=\"{MARGIN}\" y=\"{y}\">{}</text>\n", escape(note))]);
    }
    (out, y + 8)
}

fn meaning(look: Look) -> &'static str {
    match look {
        Look::Route => "part of a service's requests",
        Look::Idle => "no requests",
        Look::Mirror => "copies of requests",
        Look::Strict => "mutual TLS is required",
        Look::Permissive => "mutual TLS, plaintext too",
        Look::Disabled => "plaintext",
        Look::Tls => "TLS, not the mesh's",
        Look::Plain => "not encrypted",
        Look::Denied => "refused",
        Look::Undeclared => "observed, declared nowhere",
    }
}
