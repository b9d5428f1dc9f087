//! What the API server does to a document before it judges: it takes away unknown fields, and fills in defaults.

use crate::crds::path::Path;
use crate::crds::schema::{Additional, Schema};
use crate::crds::value::{Field, Kind, Value};
use crate::diag::{Diagnostic, Diagnostics, code, nearest};
use crate::source::{Span, Text};

const META: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// Takes away every field that the schema does not know, and tells it.
pub fn prune(value: &mut Value, schema: Option<&Schema>, path: &Path<'_>, out: &mut Pruned<'_>) {
    if let Some(schema) = schema.filter(|it| it.preserve) {
        return prune_known(value, schema, path, out);
    }
    let around = value.span;
    match &mut value.kind {
        Kind::Map(fields) => fields.retain_mut(|field| {
            let inner = path.key(&field.key.value, field.key.span);
            let meta = META.contains(&field.key.as_str());
            if meta && schema.is_some_and(|it| it.embedded) {
                return true;
            }
            if let (true, next) = schema.map_or((false, None), |it| inside(it, &field.key)) {
                prune(&mut field.value, next, &inner, out);
                return true;
            }
            out.unknown(path, around, &field.key, schema);
            false
        }),
        Kind::List(items) => {
            let schema = schema.and_then(|it| it.items.as_deref());
            for (at, item) in items.iter_mut().enumerate() {
                let span = item.span;
                prune(item, schema, &path.index(at, span), out);
            }
        }
        _ => {}
    }
}

/// The same below a value that may have fields which nobody knows: only those that are known are looked into.
fn prune_known(value: &mut Value, schema: &Schema, path: &Path<'_>, out: &mut Pruned<'_>) {
    match &mut value.kind {
        Kind::Map(fields) => {
            for field in fields {
                let inner = path.key(&field.key.value, field.key.span);
                if schema.embedded && META.contains(&field.key.as_str()) {
                    continue;
                }
                if let (true, next) = inside(schema, &field.key) {
                    prune(&mut field.value, next, &inner, out);
                }
            }
        }
        Kind::List(items) => {
            let Some(schema) = schema.items.as_deref() else { return };
            for (at, item) in items.iter_mut().enumerate() {
                let span = item.span;
                prune_known(item, schema, &path.index(at, span), out);
            }
        }
        _ => {}
    }
}

/// Whether a field may be there, and its schema; `additionalProperties: true` knows nothing of what is inside.
fn inside<'s>(schema: &'s Schema, key: &str) -> (bool, Option<&'s Schema>) {
    let known = schema.of_field(key);
    (known.is_some() || matches!(schema.additional, Additional::Allowed(_)), known)
}

/// What pruning tells.
pub struct Pruned<'d> {
    /// Where findings go.
    pub diags: &'d mut Diagnostics,
    /// The place of a mapping, and a name that was probably meant in it.
    pub meant: Vec<(Span, String)>,
}

impl Pruned<'_> {
    /// Tells a key that is none of the known.
    fn unknown(&mut self, parent: &Path<'_>, around: Span, key: &Text, schema: Option<&Schema>) {
        let named = schema.and_then(|it| it.properties.as_deref()).unwrap_or_default();
        let meta = if schema.is_some_and(|it| it.embedded) { &META[..] } else { &[] };
        let known: Vec<&str> = named.iter().map(|(it, _)| it.as_str()).chain(meta.iter().copied()).collect();
        let message = format!("`{parent}` has no key `{key}`");
        let finding = Diagnostic::error(code::UNKNOWN_KEY, parent.place(key.span), message);
        self.diags.push(finding.suggest(key, known.iter().copied()));
        self.meant.extend(nearest(key, known).map(|near| (around, near.to_owned())));
    }
}

/// Takes away nulls that are no value of their field, unless a default stands for them.
pub fn drop_nulls(value: &mut Value, schema: Option<&Schema>) {
    match &mut value.kind {
        Kind::Map(fields) => fields.retain_mut(|field| {
            let schema = schema.and_then(|it| it.of_field(&field.key));
            if field.value.is_null() && schema.is_some_and(|it| !it.nullable && it.default.is_none()) {
                return false;
            }
            drop_nulls(&mut field.value, schema);
            true
        }),
        Kind::List(items) => {
            let schema = schema.and_then(|it| it.items.as_deref());
            for item in items {
                drop_nulls(item, schema);
            }
        }
        _ => {}
    }
}

/// Fills in the defaults, also those inside of defaults.
pub fn fill(value: &mut Value, schema: &Schema) {
    match &mut value.kind {
        Kind::Map(fields) => {
            for (name, schema) in schema.properties.iter().flatten() {
                let Some(default) = &schema.default else { continue };
                match fields.iter_mut().find(|it| it.key.value == *name) {
                    None => fields.push(Field { key: Text::made(name.clone()), value: default.clone() }),
                    Some(field) => replace_null(&mut field.value, schema),
                }
            }
            for field in fields {
                if let Some(schema) = schema.of_field(&field.key) {
                    replace_null(&mut field.value, schema);
                    fill(&mut field.value, schema);
                }
            }
        }
        Kind::List(items) => {
            let Some(schema) = schema.items.as_deref() else { return };
            for item in items {
                replace_null(item, schema);
                fill(item, schema);
            }
        }
        _ => {}
    }
}

fn replace_null(value: &mut Value, schema: &Schema) {
    if let Some(default) = schema.default.as_ref().filter(|_| value.is_null() && !schema.nullable) {
        value.kind = default.kind.clone();
    }
}
