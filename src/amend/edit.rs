//! Small changes to a tree.

use ecow::EcoVec;

use crate::source::{Spanned, Text};
use crate::yaml::{Entry, Kind, Node};

/// The same tree without keys and items that are null: Kubernetes takes them as absent.
pub fn without_nulls(node: &Node) -> Node {
    let kind = match &node.kind {
        Kind::Map(entries) => {
            let kept = entries.iter().filter(|it| !it.value.is_null());
            Kind::Map(kept.map(|it| Entry { key: it.key.clone(), value: without_nulls(&it.value) }).collect())
        }
        Kind::List(items) => Kind::List(items.iter().filter(|it| !it.is_null()).map(without_nulls).collect()),
        other => other.clone(),
    };
    Node { kind, span: node.span }
}

/// Sets the value at a path of keys, making mappings on the way; a new key stands after `after`, or last.
pub fn set(node: &mut Node, path: &[&str], after: &str, value: Node) {
    let (Kind::Map(entries), Some((key, rest))) = (&mut node.kind, path.split_first()) else {
        return;
    };
    let place = entries.iter().position(|it| it.key.as_str() == *key).unwrap_or_else(|| {
        let last = entries.len();
        let place = entries.iter().position(|it| it.key.as_str() == after).map_or(last, |it| it + 1);
        let empty = Node::map(EcoVec::new(), value.span);
        entries.insert(place, Entry { key: Spanned::made((*key).into()), value: empty });
        place
    });
    let slot = &mut entries.make_mut()[place].value;
    if rest.is_empty() { *slot = value } else { set(slot, rest, after, value) }
}

/// Puts the keys of a document into the order that people expect.
pub fn in_order(document: &Node) -> Node {
    let Kind::Map(entries) = &document.kind else {
        return document.clone();
    };
    let rank = |it: &Entry| FIRST.iter().position(|key| *key == it.key.as_str()).unwrap_or(FIRST.len());
    let mut sorted: Vec<Entry> = entries.iter().cloned().collect();
    sorted.sort_by_key(rank);
    Node::map(sorted.into_iter().collect(), document.span)
}

const FIRST: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// The text at a path of keys, if it is a string in every reader's eyes or a quoted one.
pub fn text_at(node: &Node, path: &[&str]) -> Option<Text> {
    let node = node.at(path)?;
    let text = node.text()?;
    let is_string = matches!(serde_json::to_value(node), Ok(serde_json::Value::String(_)));
    is_string.then(|| Text::new(text.clone(), node.span))
}
