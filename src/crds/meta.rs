//! The metadata of an object, and of objects inside of it: names, labels, annotations, owners.
//!
//! Source: `ValidateObjectMeta` of apimachinery, and the `objectmeta` package of apiextensions-apiserver.

use std::sync::OnceLock;

use regex::Regex;

use crate::crds::check::Check;
use crate::crds::path::Path;
use crate::crds::schema::Schema;
use crate::crds::value::{Field, Kind, Value};
use crate::diag::{Diagnostic, code};
use crate::source::Str;

/// All annotations of an object together, in bytes.
const MOST_ANNOTATIONS: usize = 256 << 10;

/// What a field of the metadata takes.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Text,
    Whole,
    Flag,
    Texts,
    Pairs,
    Time,
    Owners,
    Managers,
}

const FIELDS: [(&str, Takes); 15] = [
    ("name", Takes::Text),
    ("generateName", Takes::Text),
    ("namespace", Takes::Text),
    ("labels", Takes::Pairs),
    ("annotations", Takes::Pairs),
    ("finalizers", Takes::Texts),
    ("ownerReferences", Takes::Owners),
    ("selfLink", Takes::Text),
    ("uid", Takes::Text),
    ("resourceVersion", Takes::Text),
    ("generation", Takes::Whole),
    ("creationTimestamp", Takes::Time),
    ("deletionTimestamp", Takes::Time),
    ("deletionGracePeriodSeconds", Takes::Whole),
    ("managedFields", Takes::Managers),
];

const OWNER: [(&str, Takes); 6] = [
    ("apiVersion", Takes::Text),
    ("kind", Takes::Text),
    ("name", Takes::Text),
    ("uid", Takes::Text),
    ("controller", Takes::Flag),
    ("blockOwnerDeletion", Takes::Flag),
];

/// Whose metadata it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A document's, of a kind that lives in namespaces.
    Namespaced,
    /// A document's, of a kind that lives in none.
    ClusterWide,
    /// An object's inside of a document.
    Embedded,
}

/// The document and every object embedded in it.
pub fn check(value: &Value, schema: &Schema, whose: Whose, path: &Path<'_>, out: &mut Check<'_>) {
    match &value.kind {
        Kind::Map(fields) => {
            if schema.embedded || path.is_root() {
                object(value, whose, path, out);
            }
            for field in fields {
                if let Some(schema) = schema.of_field(&field.key) {
                    let inner = path.key(&field.key.value, field.key.span);
                    check(&field.value, schema, Whose::Embedded, &inner, out);
                }
            }
        }
        Kind::List(items) => {
            let Some(schema) = schema.items.as_deref() else { return };
            for (at, item) in items.iter().enumerate() {
                check(item, schema, Whose::Embedded, &path.index(at, item.span), out);
            }
        }
        _ => {}
    }
}

fn object(value: &Value, whose: Whose, path: &Path<'_>, out: &mut Check<'_>) {
    if whose == Whose::Embedded {
        for name in ["apiVersion", "kind"] {
            let Some(field) = value.field(name) else {
                out.tell(code::MISSING_KEY, path.here(), format!("`{path}` needs `{name}`"), false);
                continue;
            };
            let inner = path.key(name, field.key.span);
            let text = field.value.text();
            let usable = text.is_some_and(|it| match name {
                "kind" => matches(Shape::Label1035, &it.to_ascii_lowercase()) && it.len() <= 63,
                _ => !it.is_empty() && it.matches('/').count() <= 1,
            });
            if !usable {
                let message = format!("`{inner}` takes the name of one, found {}", field.value.describe());
                out.tell(code::BAD_VALUE, inner.place(field.value.span), message, false);
            }
        }
    }
    let Some(field) = value.field("metadata").filter(|it| !it.value.is_null()) else {
        if whose != Whose::Embedded {
            out.tell(code::MISSING_KEY, path.here(), format!("`{path}` needs `metadata.name`"), false);
        }
        return;
    };
    let inner = path.key("metadata", field.key.span);
    if typed(&field.value, &FIELDS, &inner, out) {
        names(&field.value, whose, &inner, out);
        pairs(&field.value, &inner, out);
        owners(&field.value, &inner, out);
    }
}

/// Types of the fields of a mapping; `false` if it is none.
fn typed(value: &Value, known: &[(&str, Takes)], path: &Path<'_>, out: &mut Check<'_>) -> bool {
    let Kind::Map(fields) = &value.kind else {
        let message = format!("`{path}` takes a mapping, found {}", value.describe());
        out.tell(code::WRONG_TYPE, path.place(value.span), message, false);
        return false;
    };
    for field in fields {
        let inner = path.key(&field.key.value, field.key.span);
        if let Some((_, takes)) = known.iter().find(|(name, _)| *name == field.key.as_str()) {
            takes_it(&field.value, *takes, &inner, out);
        } else {
            let message = format!("`{path}` has no key `{}`", field.key);
            let finding = Diagnostic::error(code::UNKNOWN_KEY, inner.here(), message);
            out.found.push(finding.suggest(&field.key, known.iter().map(|(name, _)| *name)));
        }
    }
    true
}

fn takes_it(value: &Value, takes: Takes, path: &Path<'_>, out: &mut Check<'_>) {
    let mut wrong = |words: &str, value: &Value, at: &Path<'_>| {
        let message = format!("`{at}` takes {words}, found {}", value.describe());
        let mut finding = Diagnostic::error(code::WRONG_TYPE, at.place(value.span), message);
        let scalar = matches!(value.kind, Kind::Bool(_) | Kind::Int(_) | Kind::Float(_));
        finding.help = (scalar && words == "a text").then(|| "write it in quotes".to_owned());
        out.found.push(finding);
    };
    match (takes, &value.kind) {
        (_, Kind::Null)
        | (Takes::Text, Kind::Text(_))
        | (Takes::Whole, Kind::Int(_))
        | (Takes::Flag, Kind::Bool(_))
        | (Takes::Managers, Kind::List(_)) => {}
        (Takes::Time, Kind::Text(text)) if crate::crds::cel::time::timestamp(text).is_some() => {}
        (Takes::Texts, Kind::List(items)) => {
            for (at, item) in items.iter().enumerate().filter(|(_, it)| !is_text(it)) {
                wrong("a text", item, &path.index(at, item.span));
            }
        }
        (Takes::Pairs, Kind::Map(fields)) => {
            for field in fields.iter().filter(|it| !is_text(&it.value)) {
                wrong("a text", &field.value, &path.key(&field.key.value, field.key.span));
            }
        }
        (Takes::Owners, Kind::List(items)) => {
            for (at, item) in items.iter().enumerate() {
                typed(item, &OWNER, &path.index(at, item.span), out);
            }
        }
        (Takes::Text, _) => wrong("a text", value, path),
        (Takes::Whole, _) => wrong("a whole number", value, path),
        (Takes::Flag, _) => wrong("`true` or `false`", value, path),
        (Takes::Time, _) => wrong("a time such as `2026-01-31T12:00:00Z`", value, path),
        (Takes::Pairs, _) => wrong("a mapping of texts", value, path),
        (Takes::Texts | Takes::Owners | Takes::Managers, _) => wrong("a list", value, path),
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value.kind, Kind::Text(_) | Kind::Null)
}

fn names(meta: &Value, whose: Whose, path: &Path<'_>, out: &mut Check<'_>) {
    let text = |name: &str| {
        let field = meta.field(name)?;
        field.value.text().filter(|it| !it.is_empty()).map(|it| (field, it.as_str()))
    };
    let mut bad = |field: &Field, words: &str| {
        let inner = path.key(&field.key.value, field.key.span);
        let message = format!("`{inner}` takes {words}, found {}", field.value.describe());
        out.tell(code::BAD_VALUE, inner.place(field.value.span), message, false);
    };
    let subdomain = "a DNS name: small letters, digits, `-` and `.`, at most 253";
    let (name, prefix) = (text("name"), text("generateName"));
    if whose == Whose::Embedded {
        for (field, text) in [name, prefix].into_iter().flatten() {
            if text == "." || text == ".." || text.contains(['/', '%']) {
                bad(field, "a name without `/` and `%`");
            }
        }
    } else {
        if let Some((field, _)) = name.filter(|(_, it)| it.len() > 253 || !matches(Shape::Subdomain, it)) {
            bad(field, subdomain);
        }
        // What is generated follows the hyphen.
        let masked = |it: &str| it.strip_suffix('-').map_or(it.to_owned(), |it| format!("{it}a"));
        if let Some((field, _)) = prefix.filter(|(_, it)| !matches(Shape::Subdomain, &masked(it))) {
            bad(field, subdomain);
        }
    }
    if let Some((field, _)) = text("namespace").filter(|(_, it)| it.len() > 63 || !matches(Shape::Label, it))
    {
        bad(field, "a DNS label: small letters, digits and `-`, at most 63");
    }
    if whose == Whose::ClusterWide
        && let Some((field, _)) = text("namespace")
    {
        let message =
            format!("`{}` is of a kind that lives in no namespace", path.key("namespace", field.key.span));
        let finding = Diagnostic::warning(code::BAD_VALUE, field.key.span, message);
        out.found.push(finding.help("take it away: the API server passes over it"));
    }
    if whose != Whose::Embedded && name.is_none() && prefix.is_none() {
        out.tell(code::MISSING_KEY, path.here(), format!("`{path}` needs `name`"), false);
    }
}

/// Labels, annotations, finalizers and the generation.
fn pairs(meta: &Value, path: &Path<'_>, out: &mut Check<'_>) {
    let fields = |name: &str| meta.get(name).map(Value::fields).unwrap_or_default();
    let mut bad = |span, message: String| out.tell(code::BAD_VALUE, path.place(span), message, false);
    for label in fields("labels") {
        if !is_qualified(&label.key) {
            bad(label.key.span, format!("`{}` is no name for a label", label.key));
        }
        if label.value.text().is_some_and(|it| it.len() > 63 || !matches(Shape::LabelValue, it)) {
            let help = "at most 63 letters, digits, `-`, `_` and `.`, first and last a letter or a digit";
            bad(label.value.span, format!("label `{}` takes {help}", label.key));
        }
    }
    let mut size = 0;
    for annotation in fields("annotations") {
        size += annotation.key.len() + annotation.value.text().map_or(0, Str::len);
        if !is_qualified(&annotation.key.to_ascii_lowercase()) {
            bad(annotation.key.span, format!("`{}` is no name for an annotation", annotation.key));
        }
    }
    if size > MOST_ANNOTATIONS {
        let span = meta.field("annotations").map_or(meta.span, |it| it.key.span);
        bad(span, format!("the annotations take {size} bytes, at most {MOST_ANNOTATIONS} are allowed"));
    }
    for finalizer in meta.get("finalizers").map(Value::items).unwrap_or_default() {
        if finalizer.text().is_none_or(|it| !is_qualified(it)) {
            bad(
                finalizer.span,
                format!("a finalizer is a name such as `a.example/b`, found {}", finalizer.describe()),
            );
        }
    }
    if let Some(value) = meta.get("generation").filter(|it| matches!(it.kind, Kind::Int(..0))) {
        bad(value.span, format!("`{path}.generation` is less than 0"));
    }
}

fn owners(meta: &Value, path: &Path<'_>, out: &mut Check<'_>) {
    let owners =
        path.key("ownerReferences", meta.field("ownerReferences").map_or(meta.span, |it| it.key.span));
    let mut controllers = 0;
    for (at, owner) in meta.get("ownerReferences").map(Value::items).unwrap_or_default().iter().enumerate() {
        let inner = owners.index(at, owner.span);
        for name in ["apiVersion", "kind", "name", "uid"] {
            let text = owner.get(name).and_then(Value::text).map_or("", |it| it.as_str());
            if text.is_empty() || (name == "apiVersion" && text.ends_with('/')) {
                out.tell(code::MISSING_KEY, inner.here(), format!("`{inner}` needs `{name}`"), false);
            }
        }
        controllers +=
            usize::from(matches!(owner.get("controller"), Some(Value { kind: Kind::Bool(true), .. })));
        if controllers > 1 {
            out.tell(code::BAD_VALUE, inner.here(), format!("`{owners}` has two controllers"), false);
        }
    }
}

/// A name, maybe with a DNS name and a slash before it.
fn is_qualified(text: &str) -> bool {
    let (prefix, name) = text.split_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    !name.is_empty()
        && name.len() <= 63
        && matches(Shape::LabelValue, name)
        && prefix.is_none_or(|it| it.len() <= 253 && matches(Shape::Subdomain, it))
}

#[derive(Clone, Copy)]
enum Shape {
    Subdomain,
    Label,
    Label1035,
    LabelValue,
}

fn matches(shape: Shape, text: &str) -> bool {
    const PATTERNS: [&str; 4] = [
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        "^[a-z]([-a-z0-9]*[a-z0-9])?$",
        "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$",
    ];
    static COMPILED: [OnceLock<Option<Regex>>; PATTERNS.len()] = [const { OnceLock::new() }; PATTERNS.len()];
    let compiled = COMPILED[shape as usize].get_or_init(|| Regex::new(PATTERNS[shape as usize]).ok());
    compiled.as_ref().is_none_or(|it| it.is_match(text))
}
