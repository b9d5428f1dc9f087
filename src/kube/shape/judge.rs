//! A document against a shape: everything that does not fit, each at its place.

use crate::diag::{Code, Diagnostic, Diagnostics, code, nearest};
use crate::kube::shape::scalar;
use crate::kube::shape::table::{Object, Table, Type};
use crate::source::{Span, Text};
use crate::yaml::{Entry, Kind, Node};

/// Compares, and tells what it finds.
pub struct Judge<'a> {
    /// The shapes.
    pub table: &'static Table,
    /// Where findings go.
    pub diags: &'a mut Diagnostics,
}

impl Judge<'_> {
    /// A value that should be the object of a name; `key` is the key that leads to it.
    pub fn named(&mut self, name: &str, node: &Node, key: Span) {
        if let Some(object) = self.table.object(name) {
            self.object(object, node, key);
        }
    }

    /// A value that should be an object.
    pub fn object(&mut self, object: &Object, node: &Node, key: Span) {
        let Kind::Map(entries) = &node.kind else {
            return;
        };
        let here = if key.is_some() { key } else { node.span };
        let mut meant = Vec::new();
        for entry in entries {
            match object.field(&entry.key) {
                Some(field) => {
                    self.value(field.name, &field.takes, &entry.value, entry.key.span, object.open);
                }
                None if object.open => {}
                None => {
                    let names: Vec<&str> = object.fields.iter().map(|it| it.name).collect();
                    meant.extend(nearest(&entry.key, names.iter().copied()));
                    self.unknown(object.name, &entry.key, &names);
                }
            }
        }
        for field in object.fields.iter().filter(|it| it.required && !meant.contains(&it.name)) {
            if node.get(field.name).is_none_or(Node::is_null) {
                self.missing(object.name, field.name, here);
            }
        }
        for choice in &object.choices {
            self.choice(choice, entries);
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

    /// A value of a field, or an item of its list; `open`: leave types to whoever knows the rest of the object.
    pub fn value(&mut self, name: &str, takes: &Type, node: &Node, key: Span, open: bool) {
        match (takes, &node.kind) {
            (_, Kind::Null) | (Type::Any, _) => {}
            (Type::List(item), Kind::List(nodes)) => {
                nodes.iter().for_each(|it| self.value(name, item, it, key, open));
            }
            (Type::Map(value), Kind::Map(entries)) => {
                entries.iter().for_each(|it| self.value(&it.key, value, &it.value, it.key.span, open));
            }
            (Type::Object(object), Kind::Map(_)) => self.named(object, node, key),
            (Type::List(_) | Type::Map(_) | Type::Object(_), _) | (_, Kind::List(_) | Kind::Map(_)) => {
                self.mistyped(name, takes, node, open);
            }
            (_, Kind::Scalar(written)) => match scalar::judge(takes, written) {
                scalar::Verdict::Fits => {}
                scalar::Verdict::Mistyped => self.mistyped(name, takes, node, open),
                scalar::Verdict::Wrong(wrong) => {
                    self.tell(code::BAD_VALUE, node.span, format!("`{name}` {wrong}"));
                }
                scalar::Verdict::NoneOf(words) => {
                    let message = format!("`{name}` is none of {}: `{}`", words.join(", "), written.text);
                    let mut finding = Diagnostic::error(code::BAD_VALUE, node.span, message);
                    if let Some(near) = nearest(&written.text, words.iter().copied()) {
                        finding = finding.help(format!("did you mean `{near}`?"));
                        finding.fix = Some(near.to_owned());
                    }
                    self.diags.push(finding);
                }
            },
        }
    }

    fn mistyped(&mut self, name: &str, takes: &Type, node: &Node, open: bool) {
        if open {
            return;
        }
        let message = format!("`{name}` takes {}, found {}", scalar::describe(takes), node.describe());
        let mut finding = Diagnostic::error(code::WRONG_TYPE, node.span, message);
        if let Kind::Scalar(written) = &node.kind {
            finding.help = scalar::remedy(takes, written);
        }
        self.diags.push(finding);
    }

    fn choice(&mut self, choice: &[&str], entries: &[Entry]) {
        let mut chosen = entries.iter().filter(|it| !it.value.is_null() && choice.contains(&it.key.as_str()));
        let Some(first) = chosen.next() else { return };
        for other in chosen {
            let message = format!("`{}` and `{}` exclude each other", other.key, first.key);
            let finding = Diagnostic::error(code::BAD_VALUE, other.key.span, message);
            self.diags.push(finding.related(first.key.span, "the other").help("keep one of them"));
        }
    }

    fn tell(&mut self, code: Code, span: Span, message: String) {
        self.diags.push(Diagnostic::error(code, span, message));
    }
}
