//! A collection keyed by name, in the order written: what a child profile changes one entry of.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diag::{Diagnostic, code};
use crate::source::{Str, Text};
use crate::yaml::{Kind, Node, Read, Reader};

/// Values by name. Names are unique; iteration follows the order written.
#[derive(Clone, Debug)]
pub struct Named<T> {
    entries: Vec<(Text, T)>,
    /// The places in the order of the names, once a linear search would be slow.
    order: Vec<u32>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), order: Vec::new() }
    }
}

impl<T> Named<T> {
    /// Entries, whose names must be unique.
    #[must_use]
    pub fn new(entries: Vec<(Text, T)>) -> Self {
        let mut order = Vec::new();
        if entries.len() > 16 {
            order.extend(0..u32::try_from(entries.len()).unwrap_or(u32::MAX));
            order.sort_unstable_by(|a, b| entries[*a as usize].0.cmp(&entries[*b as usize].0));
        }
        Self { entries, order }
    }

    /// The name, as written here, and the value.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&Text, &T)> {
        let place = if self.order.is_empty() {
            self.entries.iter().position(|(key, _)| key.value == name)?
        } else {
            let found = self.order.binary_search_by(|it| self.entries[*it as usize].0.as_str().cmp(name));
            self.order[found.ok()?] as usize
        };
        let (key, value) = &self.entries[place];
        Some((key, value))
    }

    /// The value under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.find(name).map(|(_, value)| value)
    }

    /// Names and values, in the order written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &T)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The names, in the order written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values, in the order written.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, to be put in another order by [`Named::new`].
    #[must_use]
    pub fn into_entries(self) -> Vec<(Text, T)> {
        self.entries
    }
}

impl<T: Read> Read for Named<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(written) = &node.kind else {
            cx.expected("a mapping of names", node);
            return None;
        };
        let mut whole = true;
        let mut entries = Vec::with_capacity(written.len());
        for entry in written.iter().filter(|it| !it.value.is_null()) {
            match cx.under(&entry.key, &entry.value) {
                Some(value) => entries.push((entry.key.clone(), value)),
                None => whole = false,
            }
        }
        whole.then(|| Self::new(entries))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    /// `null` takes an inherited entry away.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": { "anyOf": [entry, { "type": "null" }] } })
    }
}

/// One value or a list of them: `to: hello`, `to: [hello, api]`. Never a list of none.
#[derive(Clone, Debug, Default)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> std::ops::Deref for OneOrMany<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Read> Read for OneOrMany<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            // Whoever writes it may mean nobody, and would get anybody.
            Kind::List(items) if items.is_empty() => {
                let message = "an empty list says neither all nor none";
                let help = "leave the key out, or write `null`, for what it means without one";
                cx.diags.push(Diagnostic::error(code::BAD_VALUE, node.span, message).help(help));
                None
            }
            Kind::List(_) => Vec::read(node, cx).map(Self),
            Kind::Null | Kind::Scalar(_) | Kind::Map(_) => T::read(node, cx).map(|it| Self(vec![it])),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
    }
}

impl<T: crate::yaml::FromScalar> JsonSchema for crate::source::Spanned<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        std::any::type_name::<T>().rsplit("::").next().unwrap_or("Scalar").to_owned().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::schema()
    }
}

impl JsonSchema for Node {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Anything".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object" })
    }
}

/// A name by itself, where the language takes one in place of a mapping.
#[must_use]
pub fn scalar_of(node: &Node) -> Option<Text> {
    node.text().map(|text: &Str| Text::new(text.clone(), node.span))
}
