//! A document against a shape: everything that does not fit, each at its place.

use crate::diag::{Code, Diagnostic, Diagnostics, code, nearest};
use crate::kube::shape::number::Reading;
use crate::kube::shape::rule::{Site, is_zero};
use crate::kube::shape::scalar::{self, Verdict};
use crate::kube::shape::table::{Object, Table};
use crate::kube::shape::text::Format;
use crate::kube::shape::types::{Apart, List, Range, Type};
use crate::source::{Span, Text};
use crate::yaml::{Entry, Kind, Node, Scalar};

/// Compares, and tells what it finds.
pub struct Judge<'a> {
    /// The shapes.
    pub table: &'static Table,
    /// What plain scalars stand for.
    pub reading: Reading,
    /// Where findings go.
    pub diags: &'a mut Diagnostics,
}

impl Judge<'_> {
    /// The value of a key that should be an object.
    pub fn mapping(&mut self, object: &Object, key: &Text, node: &Node) {
        match node.kind {
            Kind::Null => {}
            Kind::Map(_) => self.object(object, node, key.span),
            Kind::Scalar(_) | Kind::List(_) => {
                let message =
                    format!("`{key}` takes a mapping (`{}`), found {}", object.label(), node.describe());
                self.tell(code::WRONG_TYPE, node.span, message);
            }
        }
    }

    /// A value that should be an object; `key` is the key that leads to it.
    pub fn object(&mut self, object: &Object, node: &Node, key: Span) {
        let Kind::Map(entries) = &node.kind else {
            return;
        };
        let before = self.diags.len();
        let (mut seen, mut near, mut strangers) = (0_u128, 0, false);
        for entry in entries {
            match object.find(near, &entry.key) {
                Some(place) => {
                    near = place + 1;
                    let there = !entry.value.is_null() && !self.is_zero(&entry.value);
                    seen |= u128::from(there) << place;
                    let field = &object.fields[place];
                    if there || !field.takes.may_be_zero(&entry.value) {
                        self.value(field.name, &field.takes, &entry.value, entry.key.span);
                    }
                }
                None => strangers |= !object.open,
            }
        }
        if strangers {
            self.strangers(object, node);
        }
        if object.required & !seen != 0 {
            self.absent(object, node, key, seen);
        }
        // Like the API server: what must hold between fields is worth asking only of fields that are right.
        if !object.rules.is_empty() && self.diags.len() == before {
            let here = if key.is_some() { key } else { node.span };
            let site = Site { node, entries, here, label: object.label(), zero: self.table.whole };
            for rule in &object.rules {
                rule.judge(&site, self.diags);
            }
        }
    }

    /// To the types of Kubernetes an empty text or list is as good as none.
    fn is_zero(&self, node: &Node) -> bool {
        self.table.whole && is_zero(node)
    }

    /// Reports every key that an object does not have.
    fn strangers(&mut self, object: &Object, node: &Node) {
        let names: Vec<&str> = object.fields.iter().map(|it| it.name).collect();
        for entry in node.entries().iter().filter(|it| object.find(0, &it.key).is_none()) {
            self.unknown(object.label(), &entry.key, &names);
        }
    }

    /// Reports every key that must be there, unless it probably is, misspelt.
    fn absent(&mut self, object: &Object, node: &Node, key: Span, seen: u128) {
        let here = if key.is_some() { key } else { node.span };
        let names = || object.fields.iter().map(|it| it.name);
        let strangers = node.entries().iter().filter(|it| object.find(0, &it.key).is_none());
        let meant: Vec<&str> = strangers.filter_map(|it| nearest(&it.key, names())).collect();
        for (place, field) in object.fields.iter().enumerate() {
            if field.required && seen & (1 << place) == 0 && !meant.contains(&field.name) {
                self.missing(object.label(), field.name, here);
            }
        }
    }

    /// Reports a key that is none of the known.
    pub fn unknown(&mut self, what: &str, key: &Text, known: &[&str]) {
        let message = format!("`{what}` has no key `{key}`");
        let finding = Diagnostic::error(code::UNKNOWN_KEY, key.span, message);
        self.diags.push(finding.suggest(key, known.iter().copied()));
    }

    /// Reports a key that must be there.
    pub fn missing(&mut self, what: &str, key: &str, span: Span) {
        self.tell(code::MISSING_KEY, span, format!("`{what}` needs `{key}`"));
    }

    /// A value of a field, or an item of its list; `key` is the key that leads to it.
    pub fn value(&mut self, name: &str, takes: &Type, node: &Node, key: Span) {
        match (takes, &node.kind) {
            (_, Kind::Null) | (Type::Any, _) | (Type::Mapping, Kind::Map(_)) => {}
            (_, Kind::Scalar(written)) => self.scalar(name, takes, node, written),
            (Type::Object(_, place), Kind::Map(_)) => {
                if let Some(object) = self.table.at(*place) {
                    self.object(object, node, key);
                }
            }
            (Type::List(list), Kind::List(nodes)) => {
                for item in nodes {
                    if item.is_null() {
                        self.null_item(name, &list.item, item, key);
                    }
                    self.value(name, &list.item, item, key);
                }
                self.size(name, nodes.len(), list.length, "items", node, key);
                if list.apart != Apart::Nothing {
                    self.twins(name, list, nodes);
                }
            }
            (Type::Map(keys, value, size), Kind::Map(entries)) => {
                for entry in entries {
                    if !(keys.holds)(&entry.key) {
                        self.bad_key(name, keys, &entry.key);
                    }
                    self.value(&entry.key, value, &entry.value, entry.key.span);
                }
                self.size(name, entries.len(), *size, "entries", node, key);
            }
            (Type::Text(..), Kind::Map(entries)) if self.reading == Reading::Go && is_address(entries) => {}
            _ => self.mistyped(name, takes, node, key),
        }
    }

    /// A null in a list is wrong to a schema; to the types of Kubernetes it is an empty text or object.
    fn null_item(&mut self, name: &str, takes: &Type, node: &Node, key: Span) {
        let fits = match takes {
            Type::Text(format, length) => format.name == "text" && length.least == 0,
            Type::Object(_, place) => {
                self.table.at(*place).is_some_and(|it| it.required == 0 && it.rules.is_empty())
            }
            _ => false,
        };
        if !(self.table.whole && fits) {
            self.mistyped(name, takes, node, key);
        }
    }

    fn bad_key(&mut self, name: &str, takes: &Format, key: &Text) {
        let message = format!("`{key}` is not a key that `{name}` can have");
        let finding = Diagnostic::error(code::BAD_VALUE, key.span, message);
        self.diags.push(finding.help(format!("use {}", takes.says)));
    }

    fn scalar(&mut self, name: &str, takes: &Type, node: &Node, written: &Scalar) {
        match scalar::judge(takes, written, self.reading) {
            Verdict::Fits => {}
            Verdict::Mistyped => self.mistyped(name, takes, node, node.span),
            Verdict::Wrong(wrong, help) => {
                let mut finding = Diagnostic::error(code::BAD_VALUE, node.span, format!("`{name}` {wrong}"));
                finding.help = help;
                self.diags.push(finding);
            }
            Verdict::NoneOf(words) => {
                let message = format!("`{name}` is none of {}: `{}`", words.join(", "), written.text);
                let mut finding = Diagnostic::error(code::BAD_VALUE, node.span, message);
                if let Some(near) = nearest(&written.text, words.iter().copied().filter(|it| !it.is_empty()))
                {
                    finding = finding.help(format!("did you mean `{near}`?"));
                    finding.fix = Some(near.to_owned());
                }
                self.diags.push(finding);
            }
        }
    }

    /// Reports a value of another type; one without a place of its own at the key that leads to it.
    fn mistyped(&mut self, name: &str, takes: &Type, node: &Node, key: Span) {
        let message = format!("`{name}` takes {}, found {}", scalar::describe(takes), node.describe());
        let span = if node.span.is_some() { node.span } else { key };
        let mut finding = Diagnostic::error(code::WRONG_TYPE, span, message);
        if let Kind::Scalar(written) = &node.kind {
            finding.help = scalar::remedy(takes, written, self.reading);
        }
        self.diags.push(finding);
    }

    fn size(&mut self, name: &str, size: usize, takes: Range<usize>, what: &str, node: &Node, key: Span) {
        if (takes.least..=takes.most).contains(&size) {
            return;
        }
        let message = if size == 0 {
            format!("`{name}` must not be empty")
        } else if size < takes.least {
            format!("`{name}` has {size} {what}, less than {}", takes.least)
        } else {
            format!("`{name}` has {size} {what}, more than {}", takes.most)
        };
        self.tell(code::BAD_VALUE, if key.is_some() { key } else { node.span }, message);
    }

    /// Reports items that share what must tell them apart.
    fn twins(&mut self, name: &str, list: &List, nodes: &[Node]) {
        let parts = |node: &Node| -> Vec<Option<String>> {
            let text = |it: &Node| it.text().map(ToString::to_string);
            match &list.apart {
                Apart::Keys(keys) => keys.iter().map(|it| node.get(it).and_then(text)).collect(),
                Apart::Value | Apart::Nothing => vec![text(node)],
            }
        };
        if nodes.len() < 2 {
            return;
        }
        let all = nodes.iter().enumerate().map(|(at, it)| (parts(it), at));
        // What has no name shares none.
        let mut order: Vec<_> = all.filter(|it| it.0.iter().flatten().any(|it| !it.is_empty())).collect();
        order.sort();
        for pair in order.windows(2).filter(|it| it[0].0 == it[1].0) {
            let (first, second) = (&nodes[pair[0].1], &nodes[pair[1].1]);
            let words: Vec<&str> = pair[0].0.iter().flatten().map(String::as_str).collect();
            let message = format!("`{name}` has `{}` twice", words.join(", "));
            let place = |node: &Node| match &list.apart {
                Apart::Keys(keys) => keys.iter().find_map(|it| node.get(it)).map_or(node.span, |it| it.span),
                Apart::Value | Apart::Nothing => node.span,
            };
            let finding = Diagnostic::error(code::BAD_VALUE, place(second), message);
            self.diags.push(finding.related(place(first), "the first").help("keep one of them"));
        }
    }

    fn tell(&mut self, code: Code, span: Span, message: String) {
        self.diags.push(Diagnostic::error(code, span, message));
    }
}

/// `[fd00::]`: to YAML 1.2 it is a mapping of `fd00:` to nothing, to Go's reader the text that was meant.
fn is_address(entries: &[Entry]) -> bool {
    let [Entry { key, value }] = entries else { return false };
    value.is_null() && key.contains(':') && key.bytes().all(|it| it.is_ascii_hexdigit() || it == b':')
}
