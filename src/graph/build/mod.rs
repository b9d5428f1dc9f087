//! From a mesh to its graph: vertices first, then what goes between them, then what a picture has room for.

mod calls;
mod judge;
mod traffic;
mod vertices;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::facts::access::Identity;
use crate::graph::facts::{self, Facts};
use crate::graph::model::{Edge, Graph, Relation, Settings, Vertex};
use crate::mesh::Mesh;

/// The graph of a mesh.
pub fn graph(mesh: &Mesh, settings: &Settings) -> Graph {
    let objects = facts::objects(mesh);
    let facts = Facts::read(&objects);
    let mut builder = Builder::new(&facts, &settings.root_namespace);
    builder.vertices();
    builder.entrances();
    builder.routes();
    builder.calls();
    builder.ways_out();
    builder.thin_out();
    builder.finish(&settings.title)
}

/// The graph while it is made.
struct Builder<'a> {
    facts: &'a Facts<'a>,
    root: &'a str,
    vertices: Vec<Vertex>,
    ids: BTreeMap<String, usize>,
    edges: BTreeMap<(usize, usize, Relation), Edge>,
    notes: Vec<String>,
    /// The vertex of each workload, service and host of the facts.
    of_workload: Vec<usize>,
    /// The workloads of each vertex that has any.
    workloads_at: BTreeMap<usize, Vec<usize>>,
    of_service: Vec<usize>,
    of_host: Vec<usize>,
    outside: Option<usize>,
    /// Who the pods of each Gateway are.
    pods_of: BTreeMap<Identity<'a>, Vec<Identity<'a>>>,
}

impl<'a> Builder<'a> {
    fn new(facts: &'a Facts<'a>, root: &'a str) -> Self {
        Self {
            facts,
            root,
            vertices: Vec::new(),
            ids: BTreeMap::new(),
            edges: BTreeMap::new(),
            notes: Vec::new(),
            of_workload: Vec::new(),
            workloads_at: BTreeMap::new(),
            of_service: Vec::new(),
            of_host: Vec::new(),
            outside: None,
            pods_of: Self::gateway_pods(facts),
        }
    }

    /// The place of a vertex, which is taken in if it is new.
    fn vertex(&mut self, vertex: Vertex) -> usize {
        let next = self.vertices.len();
        let place = *self.ids.entry(vertex.id.clone()).or_insert(next);
        if place == next {
            self.vertices.push(vertex);
        }
        place
    }

    /// The edge between two vertices, which is taken in if it is new.
    fn edge(&mut self, from: usize, to: usize, relation: Relation) -> &mut Edge {
        self.edges.entry((from, to, relation)).or_insert_with(|| Edge::new(from, to, relation))
    }

    /// Sorts everything, so that neither the order of files nor that of discovery shows.
    fn finish(self, title: &str) -> Graph {
        let mut order: Vec<usize> = (0..self.vertices.len()).collect();
        let key = |it: &Vertex| (it.role, it.namespace.clone(), it.name.clone(), it.id.clone());
        order.sort_by_cached_key(|it| key(&self.vertices[*it]));
        let mut places = vec![0; order.len()];
        for (place, old) in order.iter().enumerate() {
            places[*old] = place;
        }
        let mut told = BTreeSet::new();
        let notes = self.notes.into_iter().filter(|it| told.insert(it.clone())).collect();
        let mut old: Vec<Option<Vertex>> = self.vertices.into_iter().map(Some).collect();
        let vertices = order.iter().filter_map(|it| old[*it].take()).collect();
        let moved = |it: Edge| Edge { from: places[it.from], to: places[it.to], ..it };
        let mut edges: Vec<Edge> = self.edges.into_values().map(moved).collect();
        edges.sort_by_key(|it| (it.from, it.to, it.relation));
        Graph { title: title.to_owned(), vertices, edges, notes }
    }
}
