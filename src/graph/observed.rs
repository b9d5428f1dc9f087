//! What a metrics server saw, held against what is declared.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::graph::model::{Edge, Graph, Relation, Role, Seen, Vertex};
use crate::metrics::{Label, query};
use crate::source::{FileId, SourceMap, Span};

/// The calls that a metrics server saw: source and destination by namespace and name, and requests a second.
#[derive(Debug, Default)]
pub struct Observed {
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    from: (String, String),
    to: (String, String),
    rate: String,
}

#[derive(Deserialize)]
struct Answer {
    status: String,
    #[serde(default)]
    error: String,
    data: Option<Data>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    result_type: String,
    #[serde(default)]
    result: Vec<Series>,
}

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    metric: BTreeMap<String, String>,
    #[serde(default)]
    value: Vec<serde_json::Value>,
}

/// Reads the answer of Prometheus to an instant query of `istio_requests_total`.
///
/// # Errors
/// When it is no such answer; the finding says what it is.
pub fn read_observed(file: FileId, files: &SourceMap, diags: &mut Diagnostics) -> Result<Observed, Reported> {
    let (text, start) = (files.text(file), files.start(file));
    let mut fail = |offset: usize, message: String| {
        let lo = start.saturating_add(u32::try_from(offset).unwrap_or_default());
        let finding = Diagnostic::error(code::BAD_ANSWER, Span { lo, hi: lo + 1 }, message);
        Err(diags.report(finding.help(format!("save the answer of `/api/v1/query` to `{}`", question()))))
    };
    // Any JSON first: that a text is none is another mistake than that it says something else.
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default();
            return fail(offset(text, error.line(), error.column()), format!("this is no JSON: {why}"));
        }
    };
    if !value.is_object() {
        return fail(0, "this is no answer of Prometheus: it is no JSON object".to_owned());
    }
    let answer: Answer = match serde_json::from_value(value) {
        Ok(answer) => answer,
        Err(error) => return fail(0, format!("this is no answer of Prometheus: {error}")),
    };
    if answer.status != "success" {
        return fail(0, format!("the query failed: {}", answer.error));
    }
    let data = match answer.data {
        Some(data) if data.result_type == "vector" => data,
        Some(data) => {
            let found = data.result_type;
            return fail(0, format!("an instant query answers with a `vector`, and this is a `{found}`"));
        }
        None => return fail(0, "this answer has no `data`".to_owned()),
    };
    let lacks = |label: &Label| data.result.iter().any(|it| !it.metric.contains_key(label.word()));
    if let Some(label) = query::DEPENDENCY.into_iter().find(lacks) {
        return fail(0, format!("a series has no label `{}`", label.word()));
    }
    let calls = data.result.iter().filter_map(call).collect();
    Ok(Observed { calls })
}

/// The question whose answer is wanted.
pub fn question() -> String {
    query::dependencies(&[], "1h")
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// A series without requests is none: it remains for a while after the calls have ended.
fn call(series: &Series) -> Option<Call> {
    let label = |it: Label| series.metric.get(it.word()).cloned().unwrap_or_default();
    let rate = match series.value.get(1)? {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let digits = rate.split(['e', 'E']).next().unwrap_or_default();
    let counts = digits.chars().any(|it| ('1'..='9').contains(&it)) || rate.ends_with("Inf");
    let [from, from_space, to, to_space] = query::DEPENDENCY.map(label);
    counts.then_some(Call { from: (from_space, from), to: (to_space, to), rate })
}

/// Marks each call of the graph as seen or quiet, and takes in what was seen and is not declared, with a warning.
pub fn observe(graph: &mut Graph, observed: &Observed, diags: &mut Diagnostics) {
    for edge in graph.edges.iter_mut().filter(|it| it.relation == Relation::Calls) {
        edge.observed = (!edge.is_denied()).then_some(Seen::Quiet);
    }
    for call in &observed.calls {
        let from = source(graph, &call.from, &call.to);
        let to = destination(graph, &call.to);
        let known = |it: &&mut Edge| it.relation == Relation::Calls && (it.from, it.to) == (from, to);
        let found = graph.edges.iter_mut().find(known);
        let declared = found.as_ref().is_some_and(|it| !it.is_denied());
        let refused = found.is_some() && !declared;
        let rate = Some(call.rate.clone());
        if let Some(edge) = found {
            edge.observed = Some(if declared { Seen::Seen } else { Seen::Undeclared });
            edge.rate = rate;
            edge.drawn = true;
        } else {
            let observed = Some(Seen::Undeclared);
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

/// The vertex of a source; of a workload that is not among the manifests, the identity of its namespace that may make
/// the call, or a new one.
fn source(graph: &mut Graph, (namespace, name): &(String, String), to: &(String, String)) -> usize {
    let runs = |it: &Vertex| matches!(it.role, Role::Client | Role::Version);
    let own = |it: &Vertex| runs(it) && it.namespace == *namespace && it.name == *name;
    if let Some(place) = graph.vertices.iter().position(own) {
        return place;
    }
    let calls = |it: usize| {
        let mut edges = graph.edges.iter().filter(|edge| edge.from == it);
        edges.any(|edge| graph.vertices[edge.to].namespace == to.0 && graph.vertices[edge.to].name == to.1)
    };
    let is_gateway = name.contains("gateway") || name.contains("ingress");
    let stands_in = graph.vertices.iter().enumerate().position(|(place, it)| {
        let may =
            it.role == Role::Gateway && is_gateway || it.role == Role::Caller && it.namespace == *namespace;
        may && calls(place)
    });
    stands_in.unwrap_or_else(|| stranger(graph, Role::Caller, "observed", namespace, name))
}

fn destination(graph: &mut Graph, (namespace, name): &(String, String)) -> usize {
    let is_it = |it: &Vertex| match it.role {
        Role::Service => it.namespace == *namespace && it.name == *name,
        Role::External => it.name == *name || it.details.contains(name),
        _ => false,
    };
    let found = graph.vertices.iter().position(is_it);
    found.unwrap_or_else(|| stranger(graph, Role::External, "observed-service", namespace, name))
}

/// A vertex of which only metrics tell.
fn stranger(graph: &mut Graph, role: Role, word: &str, namespace: &str, name: &str) -> usize {
    let id = format!("{word}/{namespace}/{name}");
    if let Some(place) = graph.vertices.iter().position(|it| it.id == id) {
        return place;
    }
    graph.vertices.push(Vertex {
        id,
        role,
        kind: String::new(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        details: vec!["only observed".to_owned()],
    });
    graph.vertices.len() - 1
}
