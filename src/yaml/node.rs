//! The YAML tree: every key and value knows its place, and clones share their branches.

use ecow::EcoVec;

use crate::source::{Span, Str, Text};

/// A value of a YAML document.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it was written.
    pub span: Span,
}

/// What a [`Node`] is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`, `~` or nothing at all, unquoted.
    Null,
    /// Any other scalar, in the spelling of the source: types decide later what it means.
    Scalar(Scalar),
    /// A sequence.
    List(EcoVec<Node>),
    /// A mapping, in the order written; no key stands twice.
    Map(EcoVec<Entry>),
}

/// The text of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// Escapes and folds undone; of a plain scalar the very source (`1.10` stays `1.10`).
    pub text: Str,
    /// Neither quoted nor a block: readers may take it for a number or a boolean.
    pub plain: bool,
}

/// One key of a mapping and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key; of a key that is no string the spelling of the source.
    pub key: Text,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A mapping.
    #[must_use]
    pub fn map(entries: EcoVec<Entry>, span: Span) -> Self {
        Self { kind: Kind::Map(entries), span }
    }

    /// A quoted string.
    #[must_use]
    pub fn string(text: impl Into<Str>, span: Span) -> Self {
        Self { kind: Kind::Scalar(Scalar { text: text.into(), plain: false }), span }
    }

    /// The entries of a mapping, or none.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => &[],
        }
    }

    /// The items of a sequence, or none.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Null | Kind::Scalar(_) | Kind::Map(_) => &[],
        }
    }

    /// The value under a key of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|it| it.key.value == key).map(|it| &it.value)
    }

    /// The value at the end of a path of keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&Str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The same, as if nobody had written it.
    #[must_use]
    pub fn without_places(mut self) -> Self {
        self.span = Span::NONE;
        match &mut self.kind {
            Kind::Null | Kind::Scalar(_) => {}
            Kind::List(items) => {
                for item in items.make_mut() {
                    *item =
                        std::mem::replace(item, Self { kind: Kind::Null, span: Span::NONE }).without_places();
                }
            }
            Kind::Map(entries) => {
                for Entry { key, value } in entries.make_mut() {
                    key.span = Span::NONE;
                    *value = std::mem::replace(value, Self { kind: Kind::Null, span: Span::NONE })
                        .without_places();
                }
            }
        }
        self
    }

    /// What to call it in a message: "a list", "the text `on`".
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Scalar(Scalar { text, plain: true }) => format!("`{}`", shorten(text)),
            Kind::Scalar(Scalar { text, plain: false }) => format!("the text \"{}\"", shorten(text)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        }
    }
}

fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 60 && line.len() == text.len() {
        return line.escape_debug().to_string();
    }
    let short: String = line.chars().take(60).collect();
    format!("{}…", short.escape_debug())
}

/// Lays `top` over `base`: mappings merge key by key, everything else replaces, `null` removes.
///
/// New keys follow the old ones. A `null` over nothing stays a `null`: readers take it as absent.
/// Folds to the left: with `null` it is not associative.
#[must_use]
pub fn overlay(base: &Node, top: &Node) -> Node {
    let (Kind::Map(old), Kind::Map(new)) = (&base.kind, &top.kind) else {
        return top.clone();
    };
    if new.is_empty() {
        return base.clone();
    }
    let mut merged = EcoVec::with_capacity(old.len() + new.len());
    merged.extend_from_slice(old);
    let mut removed = false;
    let places = Places::of(old, new.len());
    for entry in new {
        let Some(place) = places.find(old, &entry.key) else {
            merged.push(entry.clone());
            continue;
        };
        let slot = &mut merged.make_mut()[place];
        slot.value = overlay(&slot.value, &entry.value);
        removed |= entry.value.is_null();
        // Whoever touched it last is to be asked about it.
        slot.key.span = entry.key.span;
    }
    if removed {
        let kept = merged.iter().filter(|it| !it.value.is_null() || !places.knows(old, &it.key));
        merged = kept.cloned().collect();
    }
    Node { kind: Kind::Map(merged), span: top.span }
}

/// Where the keys of a mapping stand: sorted only where a search of each would cost more.
pub struct Places(Option<Vec<usize>>);

impl Places {
    /// The places in a mapping, for so many searches.
    #[must_use]
    pub fn of(entries: &[Entry], searches: usize) -> Self {
        if entries.len() * searches <= 1024 {
            return Self(None);
        }
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_unstable_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
        Self(Some(order))
    }

    /// The place of a key; `entries` are those that [`Places::of`] was given.
    #[must_use]
    pub fn find(&self, entries: &[Entry], key: &Text) -> Option<usize> {
        match &self.0 {
            None => entries.iter().position(|it| it.key == *key),
            Some(order) => order.binary_search_by(|it| entries[*it].key.cmp(key)).ok().map(|it| order[it]),
        }
    }

    fn knows(&self, entries: &[Entry], key: &Text) -> bool {
        self.find(entries, key).is_some()
    }
}
