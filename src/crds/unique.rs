//! Lists whose items must differ: `x-kubernetes-list-type` `set` and `map`.

use std::collections::BTreeMap;

use crate::crds::path::Path;
use crate::crds::schema::{ListType, Schema};
use crate::crds::value::{Kind, Value};
use crate::diag::{Diagnostic, code};
use crate::source::{Span, Str};

/// Finds every item that stands twice in a list of the document.
pub fn check(value: &Value, schema: &Schema, path: &Path<'_>, found: &mut Vec<Diagnostic>) {
    match &value.kind {
        Kind::Map(fields) => {
            for field in fields {
                if let Some(schema) = schema.of_field(&field.key) {
                    check(&field.value, schema, &path.key(&field.key.value, field.key.span), found);
                }
            }
        }
        Kind::List(items) => {
            match &schema.list {
                ListType::Atomic => {}
                ListType::Set => twice(items, Value::canonical, "", path, found),
                ListType::Map(keys) => map(items, keys, path, found),
            }
            let Some(schema) = schema.items.as_deref() else { return };
            for (at, item) in items.iter().enumerate() {
                check(item, schema, &path.index(at, item.span), found);
            }
        }
        _ => {}
    }
}

fn map(items: &[Value], keys: &[Str], path: &Path<'_>, found: &mut Vec<Diagnostic>) {
    let wrong = items.iter().find(|it| !matches!(it.kind, Kind::Map(_) | Kind::Null));
    if wrong.is_some() || items.len() < 2 {
        // What is no mapping was told with its type.
        return;
    }
    let names: Vec<String> = keys.iter().map(|it| format!("`{it}`")).collect();
    let same = format!(" with the same {}", names.join(" and "));
    let key = |item: &Value| {
        let parts = keys.iter().map(|it| item.get(it).map_or_else(String::new, Value::canonical));
        parts.collect::<Vec<_>>().join(",")
    };
    twice(items, key, &same, path, found);
}

fn twice(
    items: &[Value],
    key: impl Fn(&Value) -> String,
    same: &str,
    path: &Path<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if items.len() < 2 {
        return;
    }
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for item in items {
        let Some(before) = first.insert(key(item), item.span) else { continue };
        let message = format!("`{path}` has two items{same}{}", shown(item));
        let finding = Diagnostic::error(code::BAD_VALUE, path.place(item.span), message);
        found.push(finding.related(before, "the other").help("keep one of them"));
    }
}

fn shown(item: &Value) -> String {
    if matches!(item.kind, Kind::Map(_) | Kind::List(_)) {
        String::new()
    } else {
        format!(": {}", item.describe())
    }
}
