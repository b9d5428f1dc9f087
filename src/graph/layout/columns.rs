//! Which column a vertex stands in: right of all that leads to it, as far as circles allow.

use crate::graph::model::{Graph, Role};

/// A picture with more columns is too wide for a page: services then stand in one column, whoever calls them.
const MOST_COLUMNS: usize = 6;
/// So many services are too many for one column, if they call each other.
const MOST_STACKED: usize = 12;

/// The column of each vertex; no column is empty.
pub fn columns(graph: &Graph) -> Vec<usize> {
    let flowing = without_gaps(graph, flowing(graph));
    let services = graph.vertices.iter().filter(|it| it.role == Role::Service).count();
    if flowing.iter().max().is_some_and(|it| *it >= MOST_COLUMNS) && services <= MOST_STACKED {
        return without_gaps(graph, graph.vertices.iter().map(|it| least(it.role)).collect());
    }
    flowing
}

/// Every service stands right of all that call it.
fn flowing(graph: &Graph) -> Vec<usize> {
    let count = graph.vertices.len();
    let mut next = vec![Vec::new(); count];
    for (_, edge) in graph.drawn() {
        // Hosts outside stand last, whoever calls them.
        if graph.vertices[edge.to].role != Role::External {
            next[edge.from].push(edge.to);
        }
    }
    let mut columns: Vec<usize> = graph.vertices.iter().map(|it| least(it.role)).collect();
    let order = from_left(&next);
    let mut turn = vec![0; count];
    for (place, vertex) in order.iter().enumerate() {
        turn[*vertex] = place;
    }
    for vertex in order {
        // What closes a circle leads back, and does not push anything to the right.
        for to in next[vertex].iter().filter(|it| turn[**it] > turn[vertex]) {
            columns[*to] = columns[*to].max(columns[vertex] + 1);
        }
    }
    columns
}

/// The same without empty columns, and hosts outside in the last.
fn without_gaps(graph: &Graph, mut columns: Vec<usize>) -> Vec<usize> {
    let last = columns.iter().max().map_or(0, |it| it + 1);
    for (column, vertex) in columns.iter_mut().zip(&graph.vertices) {
        if vertex.role == Role::External {
            *column = last;
        }
    }
    let mut used = columns.clone();
    used.sort_unstable();
    used.dedup();
    columns.iter().map(|it| used.binary_search(it).unwrap_or_default()).collect()
}

fn least(role: Role) -> usize {
    match role {
        Role::Outside => 0,
        Role::Gateway | Role::Client | Role::Caller => 1,
        Role::Service => 2,
        Role::Version | Role::External => 3,
    }
}

/// The vertices in an order in which every edge leads on, but for those that close a circle.
fn from_left(next: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(next.len());
    let mut entered = vec![false; next.len()];
    for start in 0..next.len() {
        if std::mem::replace(&mut entered[start], true) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((vertex, place)) = path.last_mut() {
            let Some(to) = next[*vertex].get(*place).copied() else {
                order.push(*vertex);
                path.pop();
                continue;
            };
            *place += 1;
            if !std::mem::replace(&mut entered[to], true) {
                path.push((to, 0));
            }
        }
    }
    order.reverse();
    order
}
