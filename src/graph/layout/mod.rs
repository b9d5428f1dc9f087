//! A layered drawing of our own: columns from left to right, and lines that run only where no box stands.
//!
//! Units are the caller's: pixels of a page or cells of a terminal. Integers only, so that every machine draws the same.

mod bands;
mod columns;
mod nets;
mod order;
mod place;
mod ports;
mod straight;
mod tracks;

use crate::graph::model::{Access, Edge, Graph, Relation, Security, Seen};

use nets::{End, Nets};

/// What a drawing measures.
pub struct Metrics {
    /// The least width of a box with these lines.
    pub width: fn(&[String]) -> i32,
    /// The height of a box with so many lines.
    pub height: fn(usize) -> i32,
    /// The width of a label.
    pub label: fn(&str) -> i32,
    /// Between two lines that end at one box.
    pub port: i32,
    /// The height of a box with one line to it, whatever its text.
    pub side: i32,
    /// Between two lines that run side by side.
    pub track: i32,
    /// Between two boxes of a column.
    pub gap: i32,
    /// Before the first vertical line, and after the last.
    pub lead: i32,
    /// Of an arrow.
    pub arrow: i32,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Requests of a Service go to a version.
    Route,
    /// So would they, but no route sends any.
    Idle,
    /// Copies.
    Mirror,
    /// Mutual TLS is required.
    Strict,
    /// Plaintext is taken as well.
    Permissive,
    /// Plaintext.
    Disabled,
    /// TLS that is not the mesh's.
    Tls,
    /// No TLS.
    Plain,
    /// Refused.
    Denied,
    /// Observed, and declared nowhere.
    Undeclared,
}

impl Look {
    /// How an edge is drawn.
    pub fn of(edge: &Edge) -> Self {
        match (edge.relation, edge.security) {
            _ if edge.observed == Some(Seen::Undeclared) => Self::Undeclared,
            _ if edge.is_denied() => Self::Denied,
            (Relation::Routes, _) if edge.labels.iter().any(|it| it == "0 %") && edge.labels.len() == 1 => {
                Self::Idle
            }
            (Relation::Routes, _) => Self::Route,
            (Relation::Mirrors, _) => Self::Mirror,
            (_, Some(Security::Strict)) => Self::Strict,
            (_, Some(Security::Permissive)) => Self::Permissive,
            (_, Some(Security::Disabled)) => Self::Disabled,
            (_, Some(Security::Tls)) => Self::Tls,
            (_, Some(Security::Plain) | None) => Self::Plain,
        }
    }
}

/// What stands beside the ends of an edge, a line each; an edge has at least one end.
pub fn labels(edge: &Edge) -> Vec<String> {
    let mut labels = edge.labels.clone();
    let calls = edge.relation == Relation::Calls;
    let of_mesh = !matches!(edge.security, Some(Security::Tls | Security::Plain));
    if edge.is_denied() {
        labels = vec!["denied".to_owned()];
    } else if calls && edge.access == Some(Access::Open) && labels.is_empty() && of_mesh {
        labels.push("open".to_owned());
    }
    if calls && labels.is_empty() && edge.access.is_some() {
        labels.extend(edge.security.filter(|_| !of_mesh).map(|it| it.word().to_owned()));
    }
    if labels.is_empty() {
        labels.push(String::new());
    }
    let rate = edge.rate.as_ref().map(|it| format!("{}/s", it.get(..6).unwrap_or(it)));
    let seen = match edge.observed {
        Some(Seen::Quiet) => Some("quiet".to_owned()),
        Some(Seen::Undeclared) => Some(format!("undeclared {}", rate.unwrap_or_default())),
        _ => rate,
    };
    if let (Some(seen), Some(last)) = (seen, labels.last_mut()) {
        *last = [last.as_str(), seen.trim()].join(" ").trim().into();
    }
    labels
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

/// A line from box to box.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Which edge it stands for.
    pub edge: usize,
    /// How it is drawn.
    pub look: Look,
    /// Its corners, from the right side of one box to the left side of another.
    pub points: Vec<(i32, i32)>,
    /// What stands beside its end; `None` where a wire to the same end has said it.
    pub label: Option<String>,
}

/// A finished drawing.
#[derive(Debug, Default)]
pub struct Layout {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The box of each vertex.
    pub boxes: Vec<Rect>,
    /// The vertices of each column.
    pub columns: Vec<Vec<usize>>,
    /// The lines.
    pub wires: Vec<Wire>,
}

/// Draws a graph; `lines` are the texts of each vertex.
pub fn layout(graph: &Graph, lines: &[Vec<String>], metrics: &Metrics) -> Layout {
    let whole = layout_whole(graph, lines, metrics);
    bands::in_bands(graph, lines, metrics, whole)
}

fn layout_whole(graph: &Graph, lines: &[Vec<String>], metrics: &Metrics) -> Layout {
    let columns = columns::columns(graph);
    let mut nets = Nets::new(graph, &columns);
    order::order(&mut nets);
    ports::ports(&mut nets);
    place::place(&mut nets, lines, metrics);
    straight::straighten(&mut nets, metrics);
    finish(&nets, lines, metrics)
}

fn finish(nets: &Nets, lines: &[Vec<String>], metrics: &Metrics) -> Layout {
    let of =
        |items: &Vec<usize>| -> Vec<usize> { items.iter().filter_map(|it| nets.items[*it].vertex).collect() };
    let columns: Vec<Vec<usize>> = nets.columns.iter().map(of).collect();
    let mut boxes = vec![Rect::default(); lines.len()];
    let gaps = tracks::gaps(nets, metrics);
    let mut x = 0;
    let mut edges = Vec::new();
    for (column, vertices) in columns.iter().enumerate() {
        x += gaps[column].width;
        let width = vertices.iter().map(|it| (metrics.width)(&lines[*it])).max().unwrap_or_default();
        for vertex in vertices {
            let item = &nets.items[nets.item_of[*vertex]];
            boxes[*vertex] = Rect { x, y: item.y - item.height / 2, w: width, h: item.height };
        }
        edges.push((x, x + width));
        x += width;
    }
    let width = x + gaps.last().map_or(0, |it| it.width);
    let tracks = |net: usize, gap: usize| {
        let start = if gap == 0 { 0 } else { edges[gap - 1].1 };
        start + gaps[gap].track_of(net, metrics)
    };
    let wires = wires(nets, &edges, &tracks);
    let lowest = nets.items.iter().map(|it| it.y + it.height / 2 + 1).max().unwrap_or_default();
    Layout { width, height: lowest, boxes, columns, wires }
}

fn wires(nets: &Nets, edges: &[(i32, i32)], track: &dyn Fn(usize, usize) -> i32) -> Vec<Wire> {
    let mut wires = Vec::new();
    for (place, net) in nets.bundles.iter().enumerate() {
        for (number, stub) in net.stubs.iter().enumerate() {
            for (source, edge) in stub.edges.iter().enumerate() {
                let mut y = nets.y(place, End::Source(source));
                let mut points = vec![(edges[net.column].1, y)];
                let mut turn = |gap: usize, end: End| {
                    let next = nets.y(place, end);
                    if next != y {
                        points.extend([(track(place, gap), y), (track(place, gap), next)]);
                    }
                    y = next;
                };
                if net.back {
                    turn(net.column + 1, End::Pass(net.column));
                    (stub.column..net.column).rev().for_each(|it| turn(it + 1, End::Pass(it)));
                } else {
                    (net.column + 1..stub.column).for_each(|it| turn(it, End::Pass(it)));
                }
                turn(stub.column, End::Stub(number));
                points.push((edges[stub.column].0, y));
                let label = (source == 0).then(|| stub.label.clone());
                wires.push(Wire { edge: *edge, look: net.look, points, label });
            }
        }
    }
    wires
}
