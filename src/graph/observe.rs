//! What a metrics server saw, held against what is declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::graph::model::{Edge, Graph, Relation, Role, Seen, Vertex};
use crate::graph::observed::{Call, Observed};
use crate::source::Span;

/// Marks each call of the graph as seen or quiet, and takes in what was seen and is not declared, with a warning.
pub fn observe(graph: &mut Graph, observed: &Observed, diags: &mut Diagnostics) {
    for edge in graph.edges.iter_mut().filter(|it| it.relation == Relation::Calls) {
        edge.observed = (!edge.is_denied()).then_some(Seen::Quiet);
    }
    let mut places = Places::of(graph);
    for call in &observed.calls {
        let from = places.source(graph, call);
        let to = places.destination(graph, call);
        let found = places.calls.get(&(from, to)).map(|it| &mut graph.edges[*it]);
        let refused = found.as_ref().is_some_and(|it| it.is_denied());
        // What an earlier call has brought in is no more declared than that call.
        let is_new = |it: &&mut Edge| it.observed == Some(Seen::Undeclared);
        let declared = !refused && found.as_ref().is_some_and(|it| !is_new(it));
        let rate = Some(call.rate.clone());
        if let Some(edge) = found {
            edge.observed = Some(if declared { Seen::Seen } else { Seen::Undeclared });
            edge.rate = rate;
            edge.drawn = true;
        } else {
            let observed = Some(Seen::Undeclared);
            places.calls.insert((from, to), graph.edges.len());
            graph.edges.push(Edge { observed, rate, ..Edge::new(from, to, Relation::Calls) });
        }
        if !declared {
            let (from, to) = (graph.vertices[from].full_name(), graph.vertices[to].full_name());
            let why = if refused { "policies refuse it" } else { "nothing declares it" };
            let message = format!("`{from}` calls `{to}`, and {why}");
            let finding = Diagnostic::warning(code::UNDECLARED_CALL, Span::NONE, message);
            diags.push(finding.help("allow it by a policy, or find out who does it"));
        }
    }
    graph.edges.sort_by_key(|it| (it.from, it.to, it.relation));
}

/// Namespace and name.
type Name = (String, String);

/// Where everything stands in a graph: there may be thousands of calls, and of what they go between.
struct Places {
    workloads: BTreeMap<Name, usize>,
    services: BTreeMap<Name, usize>,
    hosts: BTreeMap<String, usize>,
    /// Who is declared to call what.
    callers: BTreeMap<Name, BTreeSet<usize>>,
    /// The places of calls among the edges, by their ends.
    calls: BTreeMap<(usize, usize), usize>,
    /// What only metrics tell of, by id.
    strangers: BTreeMap<String, usize>,
}

impl Places {
    fn of(graph: &Graph) -> Self {
        let (mut workloads, mut services) = (BTreeMap::new(), BTreeMap::new());
        let (mut hosts, mut callers) = (BTreeMap::new(), BTreeMap::<Name, BTreeSet<usize>>::new());
        for (place, it) in graph.vertices.iter().enumerate() {
            match it.role {
                Role::Client | Role::Version => {
                    workloads.entry(name(it)).or_insert(place);
                }
                Role::Service => {
                    services.entry(name(it)).or_insert(place);
                }
                Role::External => {
                    for host in std::iter::once(&it.name).chain(&it.details) {
                        hosts.entry(host.clone()).or_insert(place);
                    }
                }
                Role::Outside | Role::Gateway | Role::Caller => {}
            }
        }
        for edge in &graph.edges {
            callers.entry(name(&graph.vertices[edge.to])).or_default().insert(edge.from);
        }
        let of_calls = graph.edges.iter().enumerate().filter(|(_, it)| it.relation == Relation::Calls);
        let calls = of_calls.map(|(place, it)| ((it.from, it.to), place)).collect();
        Self { workloads, services, hosts, callers, calls, strangers: BTreeMap::new() }
    }

    /// The vertex of a source; of a workload that is not among the manifests, the identity of its namespace that may
    /// make the call, or a new one.
    fn source(&mut self, graph: &mut Graph, call: &Call) -> usize {
        if let Some(place) = self.workloads.get(&call.from) {
            return *place;
        }
        let (namespace, name) = &call.from;
        let is_gateway = name.contains("gateway") || name.contains("ingress");
        let may = |it: &&usize| match graph.vertices[**it].role {
            Role::Gateway => is_gateway,
            Role::Caller => graph.vertices[**it].namespace == *namespace,
            _ => false,
        };
        let stands_in = self.callers.get(&call.to).and_then(|it| it.iter().find(may));
        stands_in.copied().unwrap_or_else(|| self.stranger(graph, Role::Caller, "observed", &call.from))
    }

    fn destination(&mut self, graph: &mut Graph, call: &Call) -> usize {
        let known = self.services.get(&call.to).or_else(|| self.hosts.get(&call.to.1)).copied();
        known.unwrap_or_else(|| self.stranger(graph, Role::External, "observed-service", &call.to))
    }

    /// A vertex of which only metrics tell.
    fn stranger(&mut self, graph: &mut Graph, role: Role, word: &str, (namespace, name): &Name) -> usize {
        let id = format!("{word}/{namespace}/{name}");
        let next = graph.vertices.len();
        let place = *self.strangers.entry(id.clone()).or_insert(next);
        if place == next {
            graph.vertices.push(Vertex {
                id,
                role,
                kind: String::new(),
                namespace: namespace.clone(),
                name: name.clone(),
                details: vec!["only observed".to_owned()],
            });
        }
        place
    }
}

fn name(vertex: &Vertex) -> Name {
    (vertex.namespace.clone(), vertex.name.clone())
}
