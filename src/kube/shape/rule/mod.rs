//! What must hold between the fields of one object.

mod access;
mod config;
mod gateway;
mod istio;
mod pods;
mod route;
mod services;
mod workload;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};

/// An object and its place.
pub struct Site<'n> {
    /// The object.
    pub node: &'n Node,
    /// Its entries.
    pub entries: &'n [Entry],
    /// The key that leads to it, or else itself.
    pub here: Span,
    /// What messages call it.
    pub label: &'static str,
    /// Whether an empty text or list is as good as none.
    pub zero: bool,
}

/// A rule of the table.
pub enum Rule {
    /// `oneof a b`: at most one of these is there.
    AtMostOne(Vec<&'static str>),
    /// `oneof! a b`: one of these is there, and not both.
    ExactlyOne(Vec<&'static str>),
    /// `anyof! a b`: at least one of these is there.
    Some(Vec<&'static str>),
    /// `union type A=a B=b`: `a` is there if and only if `type` is `A`.
    Union(&'static str, Vec<(&'static str, &'static str)>),
    /// `check name`: a function of ours.
    Check(&'static (&'static str, Check)),
}

/// Judges an object in words of its own.
pub type Check = fn(&Site<'_>, &mut Diagnostics);

impl Rule {
    /// Reads a line of the notation; `None` if it is no rule.
    pub fn parse(word: &str, rest: &'static str) -> Option<Self> {
        let names = || rest.split_whitespace();
        match word {
            "oneof" => Some(Self::AtMostOne(names().collect())),
            "oneof!" => Some(Self::ExactlyOne(names().collect())),
            "anyof!" => Some(Self::Some(names().collect())),
            "union" => {
                let pairs = names().filter_map(|it| it.split_once('=')).collect();
                Some(Self::Union(names().next().unwrap_or_default(), pairs))
            }
            "check" => {
                let found = checks().find(|it| it.0 == rest.trim());
                Some(found.map_or(Self::Some(Vec::new()), Self::Check))
            }
            _ => None,
        }
    }

    /// The fields that it names.
    #[cfg(test)]
    pub fn fields(&self) -> Vec<&'static str> {
        match self {
            Self::AtMostOne(names) | Self::ExactlyOne(names) | Self::Some(names) => names.clone(),
            Self::Union(tag, pairs) => {
                let own = pairs.iter().map(|it| it.1).filter(|it| !it.is_empty());
                std::iter::once(*tag).chain(own).collect()
            }
            Self::Check(..) => Vec::new(),
        }
    }

    /// Judges an object.
    pub fn judge(&self, site: &Site<'_>, diags: &mut Diagnostics) {
        match self {
            Self::AtMostOne(names) => at_most_one(names, site, diags),
            Self::ExactlyOne(names) => {
                at_most_one(names, site, diags);
                at_least_one(names, site, diags);
            }
            Self::Some(names) => at_least_one(names, site, diags),
            Self::Union(tag, pairs) => union(tag, pairs, site, diags),
            Self::Check((_, check)) => check(site, diags),
        }
    }
}

/// Every function that a table may name.
fn checks() -> impl Iterator<Item = &'static (&'static str, Check)> {
    istio::CHECKS.iter().chain(gateway::CHECKS).chain(pods::CHECKS).chain(services::CHECKS)
}

fn at_most_one(names: &[&str], site: &Site<'_>, diags: &mut Diagnostics) {
    let mut chosen = site.there().filter(|it| names.contains(&it.key.as_str()));
    let Some(first) = chosen.next() else { return };
    for other in chosen {
        let message = format!("`{}` and `{}` exclude each other", other.key, first.key);
        let finding = Diagnostic::error(code::BAD_VALUE, other.key.span, message);
        diags.push(finding.related(first.key.span, "the other").help("keep one of them"));
    }
}

fn at_least_one(names: &[&str], site: &Site<'_>, diags: &mut Diagnostics) {
    let chosen = site.there().any(|it| names.contains(&it.key.as_str()));
    if !chosen && !names.is_empty() {
        let message = format!("`{}` needs one of {}", site.label, ticked(names));
        diags.push(Diagnostic::error(code::MISSING_KEY, site.here, message));
    }
}

fn union(tag: &str, pairs: &[(&str, &str)], site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(word) = site.text(tag) else { return };
    for (_, field) in pairs.iter().filter(|it| it.0 == word && !it.1.is_empty()) {
        if site.get(field).is_none() {
            let message = format!("`{}` of {tag} `{word}` needs `{field}`", site.label);
            diags.push(Diagnostic::error(code::MISSING_KEY, site.here, message));
        }
    }
    for entry in site.there() {
        let owner = pairs.iter().filter(|it| it.1 == entry.key.as_str()).map(|it| it.0);
        let owners: Vec<&str> = owner.collect();
        if !owners.is_empty() && !owners.contains(&word) {
            let message = format!("`{}` is for {tag} {}, not `{word}`", entry.key, ticked(&owners));
            let finding = Diagnostic::error(code::BAD_VALUE, entry.key.span, message);
            let help = format!("leave `{}` out, or write `{tag}: {}`", entry.key, owners[0]);
            diags.push(finding.help(help));
        }
    }
}

/// Names in back-ticks, with commas between.
pub fn ticked(names: &[&str]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

impl<'n> Site<'n> {
    /// The value of a field; a null is none.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|it| &it.value)
    }

    /// A field with its key; a null is none.
    pub fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.there().find(|it| it.key.as_str() == key)
    }

    /// The fields that have a value.
    fn there(&self) -> impl Iterator<Item = &'n Entry> {
        self.entries.iter().filter(|it| !(it.value.is_null() || self.zero && is_zero(&it.value)))
    }

    /// The text of a field.
    pub fn text(&self, key: &str) -> Option<&'n str> {
        self.get(key).and_then(text)
    }

    /// Where a field is, or else the object.
    pub fn span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.here, |it| it.key.span)
    }
}

/// Whether it is a text or a list without anything inside.
pub fn is_zero(node: &Node) -> bool {
    match &node.kind {
        Kind::Scalar(written) => written.text.is_empty(),
        Kind::List(items) => items.is_empty(),
        Kind::Map(_) | Kind::Null => false,
    }
}

/// The text of a scalar.
pub fn text(node: &Node) -> Option<&str> {
    node.text().map(crate::source::Str::as_str)
}

/// The value of a field of an object further in; a null is none.
pub fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|it| !it.is_null())
}

/// The text of a field of an object further in, or nothing at all.
pub fn word<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(text).unwrap_or_default()
}

/// An error about a value, with what to do.
pub fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::BAD_VALUE, span, message).help(help)
}

/// An error about a key that is not there, with what to do.
pub fn missing(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::MISSING_KEY, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::rule::checks;
    use crate::kube::shape::{BUILTIN, GATEWAY, ISTIO};

    #[test]
    fn every_check_is_asked_for_and_every_one_asked_for_exists() {
        let lines = [ISTIO, GATEWAY, BUILTIN].concat();
        let asked = lines.iter().flat_map(|it| it.lines()).filter_map(|it| it.trim().strip_prefix("check "));
        let mut asked: Vec<&str> = asked.map(str::trim).collect();
        let mut known: Vec<&str> = checks().map(|it| it.0).collect();
        asked.sort_unstable();
        asked.dedup();
        known.sort_unstable();
        assert_eq!(asked, known);
    }
}
