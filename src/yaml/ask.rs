//! Questions to a tree by names, for whoever reads documents that nobody has typed: what is not there is no answer.

use crate::source::{Span, Spanned, Str, Text};
use crate::yaml::{Entry, Kind, Node};

impl Node {
    /// The key and the value under a key of a mapping, unless the value is null.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|it| it.key.value == key).filter(|it| !it.value.is_null())
    }

    /// Whether there is a value under a key that is not null.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The items of the list under a key, or none.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], Node::items)
    }

    /// The entries of the mapping under a key, or none.
    #[must_use]
    pub fn pairs(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[], Node::entries)
    }

    /// The text of the scalar under a key.
    #[must_use]
    pub fn word(&self, key: &str) -> Option<&Str> {
        self.get(key).and_then(Node::text)
    }

    /// The text under a key that is not empty: to a message of protobuf, empty is as good as absent.
    #[must_use]
    pub fn said(&self, key: &str) -> Option<&Str> {
        self.word(key).filter(|it| !it.is_empty())
    }

    /// Where the value of a key stands; where there is none, where the mapping does.
    #[must_use]
    pub fn spot(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |it| it.value.span)
    }

    /// The whole number under a key.
    #[must_use]
    pub fn whole(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Node::as_whole)
    }

    /// The `true` or `false` under a key.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match &self.get(key)?.kind {
            Kind::Scalar(it) if it.plain => match it.text.as_str() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The innermost key that, or whose value, was written at a place. Of several values that come from one place, that
    /// which has the length of what is written there; otherwise the first.
    #[must_use]
    pub fn key_at(&self, span: Span) -> Option<&Str> {
        let written = (span.hi - span.lo) as usize;
        let is_itself =
            |it: &&Entry| it.value.text().is_some_and(|it| [it.len(), it.len() + 2].contains(&written));
        let mut found = Vec::new();
        self.keys_at(span, &mut found);
        found.iter().copied().find(is_itself).or(found.first().copied()).map(|it| &it.key.value)
    }

    fn keys_at<'n>(&'n self, span: Span, found: &mut Vec<&'n Entry>) {
        for entry in self.entries() {
            let before = found.len();
            entry.value.keys_at(span, found);
            if found.len() == before && (entry.key.span == span || entry.value.span == span) {
                found.push(entry);
            }
        }
        self.items().iter().for_each(|it| it.keys_at(span, found));
    }

    /// The text of a scalar, with its place.
    #[must_use]
    pub fn as_text(&self) -> Option<Text> {
        self.text().map(|it| Spanned::new(it.clone(), self.span))
    }

    /// The value of a whole number.
    #[must_use]
    pub fn as_whole(&self) -> Option<i64> {
        match &self.kind {
            Kind::Scalar(it) if it.plain => it.text.parse().ok(),
            _ => None,
        }
    }

    /// Asks of every value at the end of a path: keys with dots between, `[]` for each item of a list and `{}` for each
    /// value of a mapping, as `spec.http[].route[].destination.host`. Nulls and what is not there are not asked.
    pub fn each_at<'n>(&'n self, path: &str, ask: &mut impl FnMut(&'n Self)) {
        let Some((step, rest)) = path.split_once('.').or((!path.is_empty()).then_some((path, ""))) else {
            if !self.is_null() {
                ask(self);
            }
            return;
        };
        let key = step.trim_end_matches(['[', ']', '{', '}']);
        let Some(value) = self.get(key) else { return };
        match &step[key.len()..] {
            "[]" => value.items().iter().for_each(|it| it.each_at(rest, ask)),
            "{}" => value.entries().iter().for_each(|it| it.value.each_at(rest, ask)),
            _ => value.each_at(rest, ask),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;
    use crate::yaml::parse;

    #[test]
    fn every_value_at_the_end_of_a_path_is_asked() {
        let mut files = SourceMap::default();
        let text = "a: [{ b: { c: 1 } }, { b: ~ }, { b: { c: 2, d: 3 } }]\ne: { x: 4, y: 5 }\n";
        let file = files.add("a.yaml", text).unwrap();
        let node = parse(file, &files, &mut Diagnostics::default()).unwrap();
        let at = |path: &str| {
            let mut found = Vec::new();
            node.each_at(path, &mut |it| found.extend(it.as_whole()));
            found
        };
        assert_eq!(at("a[].b.c"), [1, 2]);
        assert_eq!(at("a[].b{}"), [1, 2, 3]);
        assert_eq!(at("e{}"), [4, 5]);
        assert_eq!(at("e.y"), [5]);
        assert_eq!(at("a.b"), [0_i64; 0]);
    }
}
