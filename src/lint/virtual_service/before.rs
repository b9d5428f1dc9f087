//! The matches of earlier routes, by their paths, and which of them takes all that a later one would.

use std::collections::BTreeMap;

use crate::lint::virtual_service::walk::child;
use crate::source::Str;
use crate::yaml::{Entry, Kind, Node};

/// How many matches of one path are compared: nobody reads on.
const MOST: usize = 200;

/// The matches so far.
#[derive(Default)]
pub struct Before<'n> {
    anywhere: Vec<&'n Node>,
    exact: BTreeMap<&'n str, Vec<&'n Node>>,
    prefix: BTreeMap<&'n str, Vec<&'n Node>>,
    regex: BTreeMap<&'n str, Vec<&'n Node>>,
}

/// A condition of a text.
#[derive(Clone, Copy, PartialEq)]
enum Condition<'n> {
    Anything,
    Exact(&'n str),
    Prefix(&'n str),
    Regex(&'n str),
}

impl<'n> Before<'n> {
    /// Adds a match.
    pub fn insert(&mut self, part: &'n Node) {
        let list = match condition(part.get("uri")) {
            Condition::Anything => &mut self.anywhere,
            Condition::Exact(text) => self.exact.entry(text).or_default(),
            Condition::Prefix(text) => self.prefix.entry(text).or_default(),
            Condition::Regex(text) => self.regex.entry(text).or_default(),
        };
        if list.len() < MOST {
            list.push(part);
        }
    }

    /// The first match that takes all that this one would.
    pub fn taking(&self, part: &Node) -> Option<&'n Node> {
        let path = condition(part.get("uri"));
        let (own, text) = match path {
            Condition::Anything => (None, ""),
            Condition::Exact(text) => (self.exact.get(text), text),
            Condition::Prefix(text) => (None, text),
            Condition::Regex(text) => (self.regex.get(text), ""),
        };
        let ends = text.char_indices().map(|it| it.0).skip(1).chain((!text.is_empty()).then_some(text.len()));
        let shorter = ends.filter_map(|end| self.prefix.get(&text[..end]));
        let mut found = self.anywhere.iter().chain(own.into_iter().chain(shorter).flatten());
        let ignores = |it: &Node| it.flag("ignoreUriCase").unwrap_or_default();
        // A path of any case is none of the indexes here.
        let comparable = |it: &Node| it.get("uri").is_none() || ignores(it) == ignores(part);
        found.find(|it| comparable(it) && takes(it, part)).copied()
    }
}

/// Whether everything that the earlier match asks for, but for the path, is asked for by the later one, too.
fn takes(earlier: &Node, later: &Node) -> bool {
    let texts = ["scheme", "method", "authority"];
    let maps = ["headers", "queryParams"];
    let word = |it: &Node, key: &str| it.word(key).filter(|it| !it.is_empty()).cloned();
    let port = |it: &Node| it.whole("port").filter(|it| *it != 0);
    texts.iter().all(|key| implies(condition(later.get(key)), condition(earlier.get(key))))
        && maps.iter().all(|key| {
            earlier.pairs(key).iter().all(|it| {
                let other = child(later, key).entries().iter().find(|other| other.key.value == it.key.value);
                other.is_some_and(|other| implies(condition(Some(&other.value)), condition(Some(&it.value))))
            })
        })
        && earlier.pairs("withoutHeaders").iter().all(|it| {
            let other = child(later, "withoutHeaders").get(&it.key);
            other.is_some_and(|other| condition(Some(other)) == condition(Some(&it.value)))
        })
        && port(earlier).is_none_or(|it| port(later) == Some(it))
        && word(earlier, "sourceNamespace").is_none_or(|it| word(later, "sourceNamespace") == Some(it))
        && earlier.pairs("sourceLabels").iter().all(|it| carries(later, it))
        && fits_gateways(earlier.list("gateways"), later.list("gateways"))
}

fn carries(later: &Node, label: &Entry) -> bool {
    child(later, "sourceLabels").word(&label.key).is_some_and(|it| Some(it) == label.value.text())
}

/// Whether all gateways of the later match are gateways of the earlier.
fn fits_gateways(earlier: &[Node], later: &[Node]) -> bool {
    let names = |it: &[Node]| -> Vec<Str> { it.iter().filter_map(|it| it.text().cloned()).collect() };
    let (earlier, later) = (names(earlier), names(later));
    earlier.is_empty() || (!later.is_empty() && later.iter().all(|it| earlier.contains(it)))
}

fn condition(text: Option<&Node>) -> Condition<'_> {
    let Some(text) = text.filter(|it| matches!(it.kind, Kind::Map(_))) else { return Condition::Anything };
    let word = |key: &str| text.word(key).map(Str::as_str);
    match (word("exact"), word("prefix"), word("regex")) {
        (Some(it), ..) => Condition::Exact(it),
        (_, Some(""), _) | (.., Some(".*")) => Condition::Anything,
        (_, Some(it), _) => Condition::Prefix(it),
        (.., Some(it)) => Condition::Regex(it),
        _ => Condition::Anything,
    }
}

/// Whether what fits one condition always fits another.
fn implies(one: Condition<'_>, other: Condition<'_>) -> bool {
    match (one, other) {
        (_, Condition::Anything) => true,
        (Condition::Exact(it) | Condition::Prefix(it), Condition::Prefix(prefix)) => it.starts_with(prefix),
        _ => one == other,
    }
}
