//! A completed document against its schema: types, what must be there, and the schemas of choice.

use crate::crds::limits;
use crate::crds::path::Path;
use crate::crds::schema::{Additional, Choices, Schema, Type};
use crate::crds::value::{Kind, Value};
use crate::diag::{Code, Diagnostic, code};
use crate::source::{Span, Str};

/// Judges, and keeps what it finds.
#[derive(Default)]
pub struct Check<'a> {
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// What could not be asked.
    pub told: Vec<Diagnostic>,
    /// Whether rules in CEL would stumble over what was found: the API server does not ask them then.
    pub blocked: bool,
    /// Whether nobody reads what is found: then a choice need not say why nothing of it fits.
    pub quiet: bool,
    /// Names that were probably meant by unknown keys, with the mapping they are missing from.
    pub meant: &'a [(Span, String)],
}

impl Check<'_> {
    /// A value against its schema.
    pub fn value(&mut self, value: &Value, schema: &Schema, path: &Path<'_>) {
        if value.is_null() {
            if !schema.nullable && (schema.takes.is_some() || schema.int_or_string) {
                self.mistyped(value, schema, path);
            }
        } else if !has_type(value, schema) {
            return self.mistyped(value, schema, path);
        } else if let Some(choices) = &schema.choices {
            self.choices(value, choices, path);
        }
        if schema.small && !is_small(value, schema) {
            let message = format!("`{path}` is {}, which is too large for its format", value.describe());
            self.tell(code::BAD_VALUE, path.place(value.span), message, false);
        }
        if let Some(limits) = &schema.limits {
            limits::check(value, limits, schema, path, self);
        }
        match &value.kind {
            Kind::Text(text) => {
                if let Some(format) = schema.format.filter(|it| !it.fits(text)) {
                    let message = format!("`{path}` takes {}, found {}", format.words, value.describe());
                    self.tell(code::WRONG_TYPE, path.place(value.span), message, true);
                }
            }
            Kind::List(items) => {
                let Some(schema) = schema.items.as_deref() else { return };
                for (at, item) in items.iter().enumerate() {
                    self.value(item, schema, &path.index(at, item.span));
                }
            }
            Kind::Map(_) => self.fields(value, schema, path),
            _ => {}
        }
    }

    fn fields(&mut self, value: &Value, schema: &Schema, path: &Path<'_>) {
        for field in value.fields() {
            let inner = path.key(&field.key.value, field.key.span);
            if let Some(schema) = schema.of_field(&field.key) {
                self.value(&field.value, schema, &inner);
            } else if matches!(schema.additional, Additional::Allowed(false)) {
                let message = format!("`{path}` has no key `{}`", field.key);
                self.tell(code::UNKNOWN_KEY, inner.here(), message, false);
            }
        }
        for name in &schema.required {
            if value.field(name).is_some() {
                continue;
            }
            self.blocked = true;
            if !self.meant.iter().any(|(span, it)| *span == value.span && it == name.as_str()) {
                self.tell(code::MISSING_KEY, path.here(), format!("`{path}` needs `{name}`"), true);
            }
        }
    }

    fn choices(&mut self, value: &Value, choices: &Choices, path: &Path<'_>) {
        for schema in &choices.all {
            self.value(value, schema, path);
        }
        if !choices.any.is_empty() && !choices.any.iter().any(|it| fits(value, it)) {
            self.none_fits(value, &choices.any, path);
        }
        let fitting = choices.one.iter().filter(|it| fits(value, it)).count();
        if !choices.one.is_empty() && fitting == 0 {
            self.none_fits(value, &choices.one, path);
        } else if fitting > 1 {
            let finding = excluded(value, &choices.one, path).unwrap_or_else(|| {
                let message = format!("`{path}` is {fitting} things of which it can be one");
                Diagnostic::error(code::BAD_VALUE, path.place(value.span), message)
            });
            self.found.push(finding);
        }
        if choices.not.as_deref().is_some_and(|it| fits(value, it)) {
            let message = format!("`{path}` is what it must not be");
            self.tell(code::BAD_VALUE, path.place(value.span), message, false);
        }
    }

    /// No schema of a choice fits: says which fields exclude each other or are missing, or what the nearest lacks.
    fn none_fits(&mut self, value: &Value, branches: &[Schema], path: &Path<'_>) {
        if self.quiet {
            return self.tell(code::BAD_VALUE, value.span, String::new(), false);
        }
        if let Some(finding) = excluded(value, branches, path) {
            self.found.push(finding);
            return;
        }
        let mut names: Vec<&str> = required(branches).unwrap_or_default();
        if !names.is_empty() && !names.iter().any(|it| value.field(it).is_some()) {
            names.dedup();
            let message = format!("`{path}` needs one of `{}`", names.join("`, `"));
            return self.tell(code::MISSING_KEY, path.here(), message, true);
        }
        let nearest = branches.iter().map(|it| {
            let mut check = Check::default();
            check.value(value, it, path);
            check
        });
        let Some(nearest) = nearest.min_by_key(|it| it.found.len()) else { return };
        self.blocked |= nearest.blocked;
        self.told.extend(nearest.told);
        if nearest.found.is_empty() {
            let message = format!("`{path}` fits none of the {} forms that it may have", branches.len());
            return self.tell(code::BAD_VALUE, path.place(value.span), message, false);
        }
        self.found.extend(nearest.found);
    }

    fn mistyped(&mut self, value: &Value, schema: &Schema, path: &Path<'_>) {
        let takes = match schema.takes {
            _ if schema.int_or_string => "a whole number or a text",
            Some(takes) => takes.describe(),
            None => "something else",
        };
        let message = format!("`{path}` takes {takes}, found {}", value.describe());
        let mut finding = Diagnostic::error(code::WRONG_TYPE, path.place(value.span), message);
        finding.help = remedy(value, schema);
        self.found.push(finding);
        self.blocked = true;
    }

    /// Tells something; `blocks` if the API server asks no rule after it.
    pub fn tell(&mut self, code: Code, span: Span, message: String, blocks: bool) {
        self.found.push(Diagnostic::error(code, span, message));
        self.blocked |= blocks;
    }
}

/// The names that the branches of a choice require, if that is all that they ask.
fn required(branches: &[Schema]) -> Option<Vec<&str>> {
    let alone =
        branches.iter().all(|it| it.takes.is_none() && it.properties.is_none() && it.limits.is_none());
    alone.then(|| branches.iter().flat_map(|it| &it.required).map(Str::as_str).collect())
}

/// Two fields that are both there, of which the branches of a choice want one.
fn excluded(value: &Value, branches: &[Schema], path: &Path<'_>) -> Option<Diagnostic> {
    let names = required(branches)?;
    let mut there = value.fields().iter().filter(|it| names.contains(&it.key.as_str()));
    let (first, second) = (there.next()?, there.next()?);
    let message = format!("`{}` and `{}` exclude each other", second.key, first.key);
    let finding = Diagnostic::error(code::BAD_VALUE, path.place(second.key.span), message);
    Some(finding.related(first.key.span, "the other").help("keep one of them"))
}

/// Whether a schema has nothing against a value.
fn fits(value: &Value, schema: &Schema) -> bool {
    let root = Path::root("", Span::NONE);
    let mut check = Check { quiet: true, ..Check::default() };
    check.value(value, schema, &root);
    check.found.is_empty()
}

fn has_type(value: &Value, schema: &Schema) -> bool {
    if schema.int_or_string {
        return matches!(value.kind, Kind::Int(_) | Kind::Text(_));
    }
    match (schema.takes, &value.kind) {
        (None, _)
        | (Some(Type::Object), Kind::Map(_))
        | (Some(Type::Array), Kind::List(_))
        | (Some(Type::Text), Kind::Text(_))
        | (Some(Type::Boolean), Kind::Bool(_))
        | (Some(Type::Integer | Type::Number), Kind::Int(_)) => true,
        (Some(Type::Number), Kind::Float(it)) => it.is_finite(),
        _ => false,
    }
}

/// Whether a number fits into 32 bits.
fn is_small(value: &Value, schema: &Schema) -> bool {
    match value.kind {
        Kind::Int(it) if schema.takes == Some(Type::Integer) => i32::try_from(it).is_ok(),
        _ => value.number().is_none_or(|it| it.abs() <= f64::from(f32::MAX)),
    }
}

fn remedy(value: &Value, schema: &Schema) -> Option<String> {
    match (schema.takes?, &value.kind) {
        (Type::Text, Kind::Bool(_) | Kind::Int(_) | Kind::Float(_)) => Some("write it in quotes".to_owned()),
        (Type::Integer | Type::Number | Type::Boolean, Kind::Text(text)) => {
            let bare = crate::yaml::Scalar { text: text.clone(), plain: true };
            let meant = Value { kind: crate::crds::scalar::meaning(&bare), span: Span::NONE };
            let mends = !meant.is_null() && has_type(&meant, schema);
            mends.then(|| "take the quotes away".to_owned())
        }
        (Type::Array, _) => Some("write it as an item of a list".to_owned()),
        _ => None,
    }
}
