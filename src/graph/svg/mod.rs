//! The graph as SVG: for slides and pages, light and dark, and for those who have it read aloud.

mod legend;
mod style;
mod text;

use crate::graph::layout::{Layout, Metrics, Rect, Wire, layout};
use crate::graph::model::{Graph, Role};

use style::{class, mark};
use text::{escape, width};

const MARGIN: i32 = 36;
/// Above the picture: title, summary, the names of the columns.
const HEAD: i32 = 108;
/// How round the corners of lines are.
const BEND: i32 = 8;

const METRICS: Metrics = Metrics {
    width: |lines| {
        let title = lines.first().map_or(0, |it| width(it, 14, true));
        let more = lines.iter().skip(1).map(|it| width(it, 12, false)).max().unwrap_or_default();
        title.max(more).max(56) + 34
    },
    height: |lines| 22 + 17 * i32::try_from(lines).unwrap_or(i32::MAX),
    label: |text| if text.is_empty() { 20 } else { width(text, 12, false) + 24 },
    port: 24,
    side: 34,
    track: 12,
    gap: 26,
    lead: 14,
    arrow: 8,
};

/// A document of its own: nothing in it is fetched or run.
pub fn svg(graph: &Graph) -> String {
    let lines = graph.lines();
    let drawing = layout(graph, &lines, &METRICS);
    let width = drawing.width.max(460) + 2 * MARGIN;
    let foot = HEAD + drawing.height + 34;
    let (legend, height) = legend::legend(graph, &drawing, width - 2 * MARGIN, foot);
    let mut out = String::new();
    head(graph, width, height + MARGIN - 12, &mut out);
    columns(graph, &drawing, &mut out);
    out.extend([format!("<g transform=\"translate({MARGIN} {HEAD})\">\n")]);
    // What matters most lies on top.
    let mut wires: Vec<&Wire> = drawing.wires.iter().collect();
    wires.sort_by_key(|it| (it.look, it.edge));
    for it in &wires {
        wire(graph, it, &mut out);
    }
    for it in &wires {
        label(it, &mut out);
    }
    for ((vertex, rect), lines) in graph.vertices.iter().zip(&drawing.boxes).zip(&lines) {
        frame(vertex.role, *rect, lines, &vertex.sentence(), &mut out);
    }
    out.push_str("</g>\n");
    out.push_str(&legend);
    out.push_str("</svg>\n");
    out
}

fn head(graph: &Graph, width: i32, height: i32, out: &mut String) {
    let (title, summary) = (escape(&graph.title), escape(&graph.summary()));
    out.extend([format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"mesh-title mesh-summary\">\n\
         <title id=\"mesh-title\">{title}</title>\n<desc id=\"mesh-summary\">{summary}</desc>\n"
    )]);
    out.push_str(style::STYLE);
    out.extend([format!(
        "<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n\
         <text class=\"title\" x=\"{MARGIN}\" y=\"46\">{title}</text>\n\
         <text class=\"soft\" x=\"{MARGIN}\" y=\"67\">{summary}</text>\n"
    )]);
}

/// The name of each column above it.
fn columns(graph: &Graph, drawing: &Layout, out: &mut String) {
    for column in &drawing.columns {
        let has = |role: Role| column.iter().any(|it| graph.vertices[*it].role == role);
        let Some(first) = column.first().map(|it| drawing.boxes[*it]) else { continue };
        let calls = has(Role::Client) || has(Role::Caller);
        let word = match () {
            () if has(Role::Service) => "services",
            () if has(Role::Version) => "versions",
            () if has(Role::External) => "external",
            () if calls && has(Role::Gateway) => "gateways, callers",
            () if calls => "callers",
            () if has(Role::Gateway) => "gateways",
            () => "outside",
        };
        let (x, y) = (MARGIN + first.x + first.w / 2, HEAD - 14);
        out.extend([format!("<text class=\"column\" x=\"{x}\" y=\"{y}\">{word}</text>\n")]);
    }
}

fn frame(role: Role, rect: Rect, lines: &[String], sentence: &str, out: &mut String) {
    let Rect { x, y, w, h } = rect;
    let class = style::role(role);
    out.extend([format!(
        "<g class=\"{class}\"><title>{}</title><rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
         rx=\"8\"/><path class=\"edge\" d=\"M{} {}v{}\"/>",
        escape(sentence),
        x + 8,
        y + 9,
        h - 18
    )]);
    let count = i32::try_from(lines.len()).unwrap_or_default();
    let mut base = y + (h - 17 * count) / 2 + 13;
    for (place, line) in lines.iter().enumerate() {
        let class = if place == 0 { "name" } else { "soft" };
        out.extend([format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{base}\">{}</text>",
            x + 18,
            escape(line)
        )]);
        base += 17;
    }
    out.push_str("</g>\n");
}

fn wire(graph: &Graph, wire: &Wire, out: &mut String) {
    let class = class(wire.look);
    let sentence = escape(&graph.sentence(&graph.edges[wire.edge]));
    let Some((x, y)) = wire.points.last().copied() else { return };
    out.extend([format!(
        "<g class=\"{class}\"><title>{sentence}</title><path class=\"line\" d=\"{}\"/>\
         <path class=\"head\" d=\"M{} {y}l-11 -5l2 5l-2 5z\"/></g>\n",
        path(&wire.points),
        x - 1,
    )]);
}

/// A line with round corners.
fn path(points: &[(i32, i32)]) -> String {
    let Some((x, y)) = points.first() else { return String::new() };
    let mut out = format!("M{x} {y}");
    let toward = |from: (i32, i32), to: (i32, i32), most: i32| {
        let step = |a: i32, b: i32| (b - a).signum() * most.min((b - a).abs() / 2);
        (from.0 + step(from.0, to.0), from.1 + step(from.1, to.1))
    };
    for it in points.windows(3) {
        let (start, end) = (toward(it[1], it[0], BEND), toward(it[1], it[2], BEND));
        let (corner_x, corner_y) = it[1];
        out.extend([format!("L{} {}Q{corner_x} {corner_y} {} {}", start.0, start.1, end.0, end.1)]);
    }
    // The line ends under its arrow.
    if let Some((x, y)) = points.last() {
        out.extend([format!("L{} {y}", x - 8)]);
    }
    out
}

/// The label above the last part of a line, and the sign that says how it is protected.
fn label(wire: &Wire, out: &mut String) {
    let (Some((x, y)), Some(label)) = (wire.points.last().copied(), &wire.label) else { return };
    let class = class(wire.look);
    let mut end = x - 14;
    if let Some(mark) = mark(wire.look) {
        let (at, top) = (end - 10, y - 17);
        out.extend([format!("<use class=\"{class} mark\" href=\"#{mark}\" x=\"{at}\" y=\"{top}\"/>")]);
        end -= 15;
    }
    if !label.is_empty() {
        let text = escape(label);
        out.extend([format!("<text class=\"label {class}\" x=\"{end}\" y=\"{}\">{text}</text>", y - 6)]);
    }
    out.push('\n');
}
