//! The patches of an EnvoyFilter.

use crate::mesh::Object;
use crate::source::{Span, Str};
use crate::yaml::Node;

/// One of `configPatches`, with the defaults of what it leaves out.
#[derive(Clone, Copy, Debug)]
pub struct Patch<'n> {
    /// The whole of it.
    pub node: &'n Node,
    /// The kind of thing that it changes.
    pub apply_to: &'n str,
    /// Which of them.
    pub matches: Option<&'n Node>,
    /// How.
    pub change: Option<&'n Node>,
}

/// The patches of a filter, in their order.
pub fn patches(filter: &Object) -> impl Iterator<Item = Patch<'_>> {
    filter.spec().list("configPatches").iter().map(Patch::of)
}

impl<'n> Patch<'n> {
    fn of(node: &'n Node) -> Self {
        let value = |key: &str| node.entry(key).map(|it| &it.value);
        Self { node, apply_to: word(node, "applyTo"), matches: value("match"), change: value("patch") }
    }

    /// What it does; empty where it does not say.
    pub fn operation(self) -> &'n str {
        self.change.map_or("", |it| word(it, "operation"))
    }

    /// What it puts there.
    pub fn value(self) -> Option<&'n Node> {
        Some(&self.change?.entry("value")?.value)
    }

    /// Whether it is for waypoints, of which Istio judges nothing.
    pub fn is_for_waypoints(self) -> bool {
        self.matches.is_some_and(|it| word(it, "context") == "WAYPOINT")
    }

    /// The filter that it looks for in a listener.
    pub fn filter(self) -> Option<&'n Node> {
        let chain = &self.matches?.entry("listener")?.value.entry("filterChain")?.value;
        chain.entry("filter").map(|it| &it.value)
    }

    /// Where its `applyTo` stands, or it begins.
    pub fn span(self) -> Span {
        let first = || self.node.entries().first().map_or(self.node.span, |it| it.key.span);
        self.node.entry("applyTo").map_or_else(first, |it| it.value.span)
    }

    /// Where its operation stands, or it begins.
    pub fn operation_span(self) -> Span {
        let said = self.change.and_then(|it| it.entry("operation"));
        said.map_or_else(|| self.span(), |it| it.value.span)
    }

    /// Whether it is complete; others Istio does not look into.
    pub fn is_complete(self) -> bool {
        self.lacks().is_none()
    }

    /// The first part that is missing.
    pub fn lacks(self) -> Option<&'static str> {
        if self.apply_to.is_empty() {
            return Some("applyTo");
        }
        if self.change.is_none() {
            return Some("patch");
        }
        if self.operation().is_empty() {
            return Some("patch.operation");
        }
        (self.operation() != "REMOVE" && self.value().is_none()).then_some("patch.value")
    }
}

/// A word of an enum, of which `INVALID` is no word.
fn word<'n>(node: &'n Node, key: &str) -> &'n str {
    node.word(key).map(Str::as_str).filter(|it| *it != "INVALID").unwrap_or_default()
}
