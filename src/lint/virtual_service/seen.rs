//! Matches that were met before, as Istio compares them.
//!
//! Source: `analyzeUnreachableHTTPRules` and `coveredValidation` of `pkg/config/validation`.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::lint::virtual_service::walk::child;
use crate::source::Span;
use crate::yaml::{Kind, Node};

/// The matches of the routes so far.
#[derive(Default)]
pub struct Seen(BTreeMap<String, Span>);

impl Seen {
    /// Where the same match stood before, if it did; otherwise it has been met now.
    pub fn before(&mut self, part: &Node) -> Option<Span> {
        let text = canonical(part);
        if let Some(span) = self.0.get(&text) {
            return Some(*span);
        }
        self.0.insert(text, part.span);
        None
    }
}

/// What a match says, whatever its order and its name; what is as good as not written is left out.
fn canonical(part: &Node) -> String {
    let mut text = String::new();
    let mut entries: Vec<_> = part.entries().iter().filter(|it| !it.value.is_null()).collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    for entry in entries {
        let is_map =
            ["headers", "withoutHeaders", "queryParams", "sourceLabels"].contains(&entry.key.as_str());
        let empty = match &entry.value.kind {
            Kind::Null => true,
            Kind::Scalar(it) => ["", "0", "false"].contains(&it.text.as_str()),
            Kind::List(it) => it.is_empty(),
            Kind::Map(it) => is_map && it.is_empty(),
        };
        if entry.key.as_str() != "name" && !empty {
            let _ = write!(text, "{:?}:", entry.key.as_str());
            write(&entry.value, &mut text);
        }
    }
    text
}

fn write(node: &Node, text: &mut String) {
    match &node.kind {
        Kind::Null => text.push('~'),
        Kind::Scalar(it) => {
            let _ = write!(text, "{:?},", it.text.as_str());
        }
        Kind::List(items) => {
            text.push('[');
            items.iter().for_each(|it| write(it, text));
            text.push(']');
        }
        Kind::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().filter(|it| !it.value.is_null()).collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            text.push('{');
            for entry in entries {
                let _ = write!(text, "{:?}:", entry.key.as_str());
                write(&entry.value, text);
            }
            text.push('}');
        }
    }
}

/// The matches by prefix so far, and what else they ask for.
#[derive(Default)]
pub struct Prefixes<'n>(BTreeMap<&'n str, Vec<&'n Node>>);

impl<'n> Prefixes<'n> {
    /// The shorter prefixes before whose matches take all that this one would; then it has been met now.
    pub fn covering(&mut self, part: &'n Node) -> Vec<(&'n str, Span)> {
        let prefix = part.at(&["uri", "prefix"]).and_then(Node::text).filter(|it| !it.is_empty());
        let Some(prefix) = prefix else { return Vec::new() };
        let shorter =
            prefix.char_indices().skip(1).filter_map(|(end, _)| self.0.get_key_value(&prefix[..end]));
        let mut found = Vec::new();
        for (before, parts) in shorter {
            found.extend(parts.iter().filter(|it| takes(it, part)).map(|it| (*before, it.span)));
        }
        self.0.entry(prefix.as_str()).or_default().push(part);
        found
    }
}

/// Whether one match takes what another takes, but for their paths. A match by an expression counts as one for anything.
fn takes(earlier: &Node, later: &Node) -> bool {
    let port = |it: &Node| it.whole("port").unwrap_or_default();
    let method = |it: &Node| {
        let said = said(child(it, "method"));
        if said.is_empty() { "exact:GET".to_owned() } else { said }
    };
    port(earlier) == port(later)
        && method(earlier).starts_with(&method(later))
        && said(child(earlier, "authority")).starts_with(&said(child(later, "authority")))
        && ["headers", "queryParams", "withoutHeaders"].iter().all(|key| {
            let (earlier, later) = (child(earlier, key), child(later, key));
            earlier.entries().len() == later.entries().len()
                && earlier.entries().iter().all(|it| {
                    let other = later.get(&it.key).map(said);
                    other.is_some_and(|other| said(&it.value).starts_with(&other))
                })
        })
}

/// What a match of a text asks for; nothing where it is an expression.
fn said(text: &Node) -> String {
    let word = |key: &str| text.word(key).filter(|it| !it.is_empty()).map(|it| format!("{key}:{it}"));
    word("exact").or_else(|| word("prefix")).unwrap_or_default()
}
