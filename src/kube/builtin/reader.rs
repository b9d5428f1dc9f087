//! A tree to any type of serde's: unknown keys are gathered, the first wrong type ends it, both with their place.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::Value;

use crate::diag::{Code, Diagnostic, code};
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};

/// Reads `document` as a `T`: the keys that `T` does not have, and the first value that `T` cannot take.
pub fn read<T: DeserializeOwned>(document: &Node) -> (Vec<Diagnostic>, Option<Diagnostic>) {
    let unknown = RefCell::default();
    let place = Place { node: document, name: "", unknown: &unknown };
    let wrong = T::deserialize(place).err().map(|it| Diagnostic::error(it.code, it.span, it.message));
    (unknown.into_inner(), wrong)
}

/// A value, the key that leads to it, and where unknown keys are gathered.
#[derive(Clone, Copy)]
struct Place<'n> {
    node: &'n Node,
    name: &'n str,
    unknown: &'n RefCell<Vec<Diagnostic>>,
}

/// A value that the type cannot take.
#[derive(Debug)]
struct Wrong {
    code: Code,
    /// What was expected, until the place is known; then the whole sentence.
    message: String,
    span: Span,
    placed: bool,
}

impl Wrong {
    fn of(code: Code, message: String) -> Self {
        Self { code, message, span: Span::NONE, placed: false }
    }
}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(code::BAD_VALUE, message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(code::WRONG_TYPE, friendly(&expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(code::WRONG_TYPE, friendly(&expected.to_string()))
    }
}

/// The names of Rust's types in the words of our users.
fn friendly(expected: &str) -> String {
    match expected {
        "i32" | "i64" | "u32" | "u64" | "a 32-bit integer" => "a whole number".to_owned(),
        "f64" => "a number".to_owned(),
        "a string" | "string" => "a text".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        "a map" => "a mapping".to_owned(),
        "a sequence" => "a list".to_owned(),
        "IntOrString" => "a number or a text".to_owned(),
        "Quantity" => "a quantity such as `100m`".to_owned(),
        name if name.starts_with(|it: char| it.is_ascii_uppercase()) => format!("a mapping (`{name}`)"),
        other => other.to_owned(),
    }
}

impl std::error::Error for Wrong {}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl<'n> Place<'n> {
    fn at(self, node: &'n Node, name: &'n str) -> Self {
        Self { node, name, ..self }
    }

    /// Gives an error the place where it came about, the innermost first.
    fn blame(self, mut wrong: Wrong) -> Wrong {
        if !wrong.placed {
            let found = self.node.describe();
            wrong.message = match (wrong.code == code::WRONG_TYPE, self.name) {
                (true, "") => format!("expected {}, found {found}", wrong.message),
                (true, name) => format!("`{name}` takes {}, found {found}", wrong.message),
                (false, name) => format!("`{name}` is {found}: {}", wrong.message),
            };
            wrong.span = self.node.span;
            wrong.placed = true;
        }
        wrong
    }

    fn visit<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::List(items) => visitor.visit_seq(Sequence { place: self, items: items.iter() }),
            Kind::Map(entries) => {
                visitor.visit_map(Mapping { place: self, entries: entries.iter(), value: None })
            }
            Kind::Scalar(scalar) if !scalar.plain => visitor.visit_str(&scalar.text),
            Kind::Scalar(scalar) => match serde_json::to_value(self.node) {
                Ok(Value::Bool(value)) => visitor.visit_bool(value),
                Ok(Value::Number(number)) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                    (Some(value), ..) => visitor.visit_u64(value),
                    (_, Some(value), _) => visitor.visit_i64(value),
                    (.., value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
                },
                _ => visitor.visit_str(&scalar.text),
            },
        }
    }

    /// Reports the keys that a type does not have.
    fn close(self, what: &str, fields: &'static [&'static str]) {
        for entry in self.node.entries().iter().filter(|it| !fields.contains(&it.key.as_str())) {
            let message = format!("`{what}` has no key `{}`", entry.key);
            let finding = Diagnostic::error(code::UNKNOWN_KEY, entry.key.span, message);
            self.unknown.borrow_mut().push(finding.suggest(&entry.key, fields.iter().copied()));
        }
    }
}

impl<'n> Deserializer<'n> for Place<'n> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.visit(visitor).map_err(|it| self.blame(it))
    }

    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'n>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self).map_err(|it| self.blame(it))
    }

    fn deserialize_struct<V: Visitor<'n>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.close(name, fields);
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'n>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_enum(self).map_err(|it| self.blame(it))
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'n>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// An enum is a word.
impl<'n> EnumAccess<'n> for Place<'n> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'n>>(self, seed: S) -> Result<(S::Value, Self), Wrong> {
        seed.deserialize(self).map(|it| (it, self))
    }
}

impl<'n> VariantAccess<'n> for Place<'n> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'n>>(self, seed: S) -> Result<S::Value, Wrong> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'n>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'n>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_any(visitor)
    }
}

struct Sequence<'n> {
    place: Place<'n>,
    items: std::slice::Iter<'n, Node>,
}

impl<'n> SeqAccess<'n> for Sequence<'n> {
    type Error = Wrong;

    fn next_element_seed<S: DeserializeSeed<'n>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.place.at(node, self.place.name)).map(Some)
    }
}

struct Mapping<'n> {
    place: Place<'n>,
    entries: std::slice::Iter<'n, Entry>,
    value: Option<&'n Entry>,
}

impl<'n> MapAccess<'n> for Mapping<'n> {
    type Error = Wrong;

    fn next_key_seed<S: DeserializeSeed<'n>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        self.value = self.entries.find(|it| !it.value.is_null());
        let Some(entry) = self.value else { return Ok(None) };
        seed.deserialize(StrDeserializer::<Wrong>::new(&entry.key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'n>>(&mut self, seed: S) -> Result<S::Value, Wrong> {
        let Some(entry) = self.value else { return Err(Wrong::custom("a value without a key")) };
        seed.deserialize(self.place.at(&entry.value, &entry.key))
    }
}
