//! Lines that look alike and start alike run together and part late: a net is such a bundle.

use std::collections::BTreeMap;

use crate::graph::layout::{Look, labels};
use crate::graph::model::{Graph, Role};

/// Something that has a place in a column: a box, or a line that passes between boxes.
#[derive(Debug)]
pub struct Item {
    /// The vertex, if it is a box.
    pub vertex: Option<usize>,
    /// Its height.
    pub height: i32,
    /// Its middle.
    pub y: i32,
}

/// Where a line of a net ends, or passes through a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// At the right side of its nth source.
    Source(usize),
    /// Through a column.
    Pass(usize),
    /// At the left side of the target of its nth stub.
    Stub(usize),
}

/// An arrow of a net.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stub {
    /// Where it points.
    pub target: usize,
    /// The column of that.
    pub column: usize,
    /// What stands beside it.
    pub label: String,
    /// The edges that it stands for, in the order of the sources.
    pub edges: Vec<usize>,
}

/// A bundle of lines.
#[derive(Debug)]
pub struct Net {
    /// The column of its sources.
    pub column: usize,
    /// How it is drawn.
    pub look: Look,
    /// Where it starts.
    pub sources: Vec<usize>,
    /// Where it ends.
    pub stubs: Vec<Stub>,
    /// Whether it leads to the left.
    pub back: bool,
}

/// The part of a net that lies between two columns.
#[derive(Debug)]
pub struct Hop {
    /// The net.
    pub net: usize,
    /// Its ends at the column on the left.
    pub left: Vec<End>,
    /// Its ends at the column on the right.
    pub right: Vec<End>,
}

/// All nets, and all items in their columns.
#[derive(Debug)]
pub struct Nets {
    /// The nets.
    pub bundles: Vec<Net>,
    /// The items.
    pub items: Vec<Item>,
    /// The items of each column, from top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// The item of each vertex.
    pub item_of: Vec<usize>,
    /// What lies left of each column, and right of the last.
    pub hops: Vec<Vec<Hop>>,
    /// How far from the middle of its item an end is.
    pub offsets: BTreeMap<(usize, End), i32>,
    passes: BTreeMap<(usize, usize), usize>,
    depths: BTreeMap<usize, usize>,
}

impl Nets {
    /// The nets of a graph whose vertices stand in columns.
    pub fn new(graph: &Graph, columns: &[usize]) -> Self {
        let count = columns.iter().max().map_or(0, |it| it + 1);
        let items = (0..columns.len()).map(|it| Item { vertex: Some(it), height: 0, y: 0 });
        let mut made = Self {
            bundles: nets(graph, columns),
            items: items.collect(),
            columns: vec![Vec::new(); count],
            item_of: (0..columns.len()).collect(),
            hops: (0..=count).map(|_| Vec::new()).collect(),
            offsets: BTreeMap::new(),
            passes: BTreeMap::new(),
            depths: BTreeMap::new(),
        };
        for (vertex, column) in columns.iter().enumerate() {
            made.columns[*column].push(vertex);
        }
        for net in 0..made.bundles.len() {
            made.pass(net, graph);
            made.hop(net);
        }
        made
    }

    /// Makes room in the columns that a net passes through.
    fn pass(&mut self, place: usize, graph: &Graph) {
        let net = &self.bundles[place];
        let leaves = net.stubs.iter().all(|it| graph.vertices[it.target].role == Role::External);
        let depth = if leaves { 2 } else { usize::from(net.back) };
        let furthest = net.stubs.iter().map(|it| it.column).max().unwrap_or_default();
        let through = if net.back { furthest..net.column + 1 } else { net.column + 1..furthest };
        for column in through {
            self.passes.insert((place, column), self.items.len());
            self.depths.insert(self.items.len(), depth);
            self.columns[column].push(self.items.len());
            self.items.push(Item { vertex: None, height: 0, y: 0 });
        }
    }

    fn hop(&mut self, place: usize) {
        let net = &self.bundles[place];
        let sources: Vec<End> = (0..net.sources.len()).map(End::Source).collect();
        let furthest = net.stubs.iter().map(|it| it.column).max().unwrap_or_default();
        let pass = |column: usize| self.passes.contains_key(&(place, column)).then_some(End::Pass(column));
        let stubs = |column: usize| {
            let ends = net.stubs.iter().enumerate().filter(move |it| it.1.column == column);
            ends.map(|it| End::Stub(it.0))
        };
        let mut made = Vec::new();
        if net.back {
            let left = sources.into_iter().chain([End::Pass(net.column)]).collect();
            made.push((net.column + 1, left, Vec::new()));
            for gap in furthest + 1..=net.column {
                made.push((gap, vec![End::Pass(gap - 1)], vec![End::Pass(gap)]));
            }
            made.push((furthest, Vec::new(), stubs(furthest).chain([End::Pass(furthest)]).collect()));
        } else {
            for gap in net.column + 1..=furthest {
                let left = if gap == net.column + 1 { sources.clone() } else { vec![End::Pass(gap - 1)] };
                made.push((gap, left, stubs(gap).chain(pass(gap)).collect()));
            }
        }
        for (gap, left, right) in made {
            self.hops[gap].push(Hop { net: place, left, right });
        }
    }

    /// The item that an end is at.
    pub fn item(&self, net: usize, end: End) -> usize {
        match end {
            End::Source(place) => self.item_of[self.bundles[net].sources[place]],
            End::Stub(place) => self.item_of[self.bundles[net].stubs[place].target],
            End::Pass(column) => self.passes[&(net, column)],
        }
    }

    /// What passes runs below everything else: what leads back, and below that what leads out of the mesh.
    pub fn depth(&self, item: usize) -> usize {
        self.depths.get(&item).copied().unwrap_or_default()
    }

    /// What stands beside an end, if an arrow ends there.
    pub fn label(&self, net: usize, end: End) -> Option<&str> {
        match end {
            End::Stub(place) => Some(&self.bundles[net].stubs[place].label),
            End::Source(_) | End::Pass(_) => None,
        }
    }

    /// How far from the middle of its item an end is.
    pub fn offset(&self, net: usize, end: End) -> i32 {
        self.offsets.get(&(net, end)).copied().unwrap_or_default()
    }

    /// Where an end is.
    pub fn y(&self, net: usize, end: End) -> i32 {
        self.items[self.item(net, end)].y + self.offset(net, end)
    }
}

/// Bundles edges by source, look and direction; then sources that lead to the same ends.
fn nets(graph: &Graph, columns: &[usize]) -> Vec<Net> {
    let mut bundles: BTreeMap<(usize, Look, usize), Net> = BTreeMap::new();
    for (place, edge) in graph.drawn() {
        let (from, to) = (columns[edge.from], columns[edge.to]);
        let back = to <= from;
        let look = Look::of(edge);
        // What leads back runs alone, and so does each way in: its ends may be far from each other.
        let key = (edge.from, look, if back { edge.to + 1 } else { 0 });
        let net = bundles.entry(key).or_insert_with(|| {
            let sources = vec![edge.from];
            Net { column: from, look, sources, stubs: Vec::new(), back }
        });
        let stub = |label| Stub { target: edge.to, column: to, label, edges: vec![place] };
        net.stubs.extend(labels(edge).into_iter().map(stub));
    }
    let mut made: Vec<Net> = Vec::new();
    // Only neighbours are held together: versions of one service stand side by side.
    for net in bundles.into_values() {
        let ends = |it: &Net| -> Vec<(usize, String)> {
            it.stubs.iter().map(|it| (it.target, it.label.clone())).collect()
        };
        let is_version = graph.vertices[net.sources[0]].role == Role::Version;
        // Dashes of two lines in one place would fill each other's gaps.
        let joins = |it: &Net| {
            let alike = it.look == net.look && it.column == net.column && it.back == net.back;
            is_version && net.look == Look::Strict && alike && ends(it) == ends(&net)
        };
        match made.iter_mut().rev().take(8).find(|it| joins(it)) {
            Some(twin) => {
                twin.sources.extend(&net.sources);
                for (stub, more) in twin.stubs.iter_mut().zip(net.stubs) {
                    stub.edges.extend(more.edges);
                }
            }
            None => made.push(net),
        }
    }
    made
}
