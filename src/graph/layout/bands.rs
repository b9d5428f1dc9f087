//! Parts of a mesh that no line connects need not stand in one long column: bands side by side fill a page.

use crate::graph::layout::{Layout, Metrics, layout_whole};
use crate::graph::model::Graph;

/// The drawing of a graph whose drawing as a whole is too tall, in as many bands as make a page of it.
pub fn in_bands(graph: &Graph, lines: &[Vec<String>], metrics: &Metrics, whole: Layout) -> Layout {
    let parts = parts(graph);
    let (width, height) = (whole.width.max(1), whole.height);
    if parts.len() < 4 || height < 2 * width {
        return whole;
    }
    // Of the side ratio of a slide.
    let wanted = (height * 8 / (width * 5)).isqrt().max(1);
    let count = usize::try_from(wanted).unwrap_or(1).min(parts.len());
    let mut made =
        Layout { boxes: vec![crate::graph::layout::Rect::default(); lines.len()], ..Layout::default() };
    let total: usize = parts.iter().map(Vec::len).sum();
    let mut rest = parts.into_iter().peekable();
    for band in 0..count {
        let mut vertices: Vec<usize> = Vec::new();
        let most = total.div_ceil(count);
        while let Some(part) =
            rest.next_if(|it| band + 1 == count || vertices.is_empty() || vertices.len() + it.len() <= most)
        {
            vertices.extend(part);
        }
        vertices.sort_unstable();
        if !vertices.is_empty() {
            add(&mut made, graph, &vertices, lines, metrics);
        }
    }
    made
}

/// Draws some of the vertices, right of what is drawn already.
fn add(made: &mut Layout, graph: &Graph, vertices: &[usize], lines: &[Vec<String>], metrics: &Metrics) {
    let here = |vertex: usize| vertices.binary_search(&vertex).ok();
    let mut edges = Vec::new();
    let mut part = Graph {
        vertices: vertices.iter().map(|it| graph.vertices[*it].clone()).collect(),
        ..Graph::default()
    };
    for (place, edge) in graph.drawn() {
        let (Some(from), Some(to)) = (here(edge.from), here(edge.to)) else { continue };
        let mut edge = edge.clone();
        (edge.from, edge.to) = (from, to);
        part.edges.push(edge);
        edges.push(place);
    }
    let own: Vec<Vec<String>> = vertices.iter().map(|it| lines[*it].clone()).collect();
    let band = layout_whole(&part, &own, metrics);
    let x = if made.width == 0 { 0 } else { made.width + 2 * metrics.gap };
    for (vertex, mut rect) in vertices.iter().zip(band.boxes) {
        rect.x += x;
        made.boxes[*vertex] = rect;
    }
    let columns = band.columns.into_iter();
    made.columns.extend(columns.map(|it| it.into_iter().map(|it| vertices[it]).collect::<Vec<_>>()));
    for mut wire in band.wires {
        wire.edge = edges[wire.edge];
        wire.points.iter_mut().for_each(|it| it.0 += x);
        made.wires.push(wire);
    }
    made.width = x + band.width;
    made.height = made.height.max(band.height);
}

/// The vertices of each part that hangs together, in the order of the first of each.
fn parts(graph: &Graph) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..graph.vertices.len()).collect();
    let find = |root: &mut Vec<usize>, mut it: usize| {
        while root[it] != it {
            root[it] = root[root[it]];
            it = root[it];
        }
        it
    };
    for (_, edge) in graph.drawn() {
        let (a, b) = (find(&mut root, edge.from), find(&mut root, edge.to));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); root.len()];
    for vertex in 0..graph.vertices.len() {
        let root = find(&mut root, vertex);
        parts[root].push(vertex);
    }
    parts.retain(|it| !it.is_empty());
    parts
}
