//! What a CRD says of a value: the part of `OpenAPI` that the API server takes, and its own extensions.

use std::sync::Arc;

use crate::crds::format::Format;
use crate::crds::pattern::Pattern;
use crate::crds::rule::Rule;
use crate::crds::value::Value;
use crate::source::Str;

/// The schema of a value.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the schema's own")]
pub struct Schema {
    /// Its `type`.
    pub takes: Option<Type>,
    /// Its `format`, if the API server looks at it.
    pub format: Option<Format>,
    /// Whether a number must fit into 32 bits: `int32` and `float`, which the API server asks since 1.36.
    pub small: bool,
    /// Whether null is a value.
    pub nullable: bool,
    /// `x-kubernetes-int-or-string`.
    pub int_or_string: bool,
    /// `x-kubernetes-preserve-unknown-fields`.
    pub preserve: bool,
    /// `x-kubernetes-embedded-resource`; also of the root.
    pub embedded: bool,
    /// The fields by name, sorted; `None` if the schema names none.
    pub properties: Option<Vec<(Str, Schema)>>,
    /// What the other fields may be.
    pub additional: Additional,
    /// What the items are.
    pub items: Option<Box<Schema>>,
    /// Fields that must be there.
    pub required: Vec<Str>,
    /// What it is where nobody says.
    pub default: Option<Value>,
    /// Words, ranges, lengths and patterns, if there are any.
    pub limits: Option<Box<Limits>>,
    /// `allOf`, `anyOf`, `oneOf` and `not`, if there are any.
    pub choices: Option<Box<Choices>>,
    /// Whether and how the items of a list must differ.
    pub list: ListType,
    /// `x-kubernetes-validations`.
    pub rules: Vec<Rule>,
    /// Whether a rule is here or further down.
    pub has_rules: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A mapping.
    Object,
    /// A list.
    Array,
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// What fields may be that the schema does not name.
#[derive(Debug, Default)]
pub enum Additional {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// `true` or `false`.
    Allowed(bool),
    /// Like this.
    Like(Box<Schema>),
}

/// How the items of a list must differ.
#[derive(Debug, Default)]
pub enum ListType {
    /// They need not.
    #[default]
    Atomic,
    /// No item twice.
    Set,
    /// No two items with the same values of these fields.
    Map(Vec<Str>),
}

/// What narrows a value down.
#[derive(Debug, Default)]
pub struct Limits {
    /// The values that it may be, if not empty.
    pub words: Vec<Value>,
    /// The least number.
    pub minimum: Option<f64>,
    /// Whether the least is too little.
    pub above: bool,
    /// The largest number.
    pub maximum: Option<f64>,
    /// Whether the largest is too large.
    pub below: bool,
    /// What it must be a multiple of.
    pub multiple_of: Option<f64>,
    /// Least and largest number of characters.
    pub length: (Option<i64>, Option<i64>),
    /// Least and largest number of items.
    pub items: (Option<i64>, Option<i64>),
    /// Least and largest number of fields.
    pub fields: (Option<i64>, Option<i64>),
    /// No item twice.
    pub unique: bool,
    /// What a text must match.
    pub pattern: Option<Arc<Pattern>>,
}

/// Schemas of the same value.
#[derive(Debug, Default)]
pub struct Choices {
    /// All of these hold.
    pub all: Vec<Schema>,
    /// At least one of these holds.
    pub any: Vec<Schema>,
    /// Exactly one of these holds.
    pub one: Vec<Schema>,
    /// This does not hold.
    pub not: Option<Box<Schema>>,
}

impl Schema {
    /// The schema of a field that the schema names.
    pub fn property(&self, name: &str) -> Option<&Self> {
        let all = self.properties.as_deref()?;
        let at = all.binary_search_by(|(key, _)| key.as_str().cmp(name)).ok()?;
        Some(&all[at].1)
    }

    /// The schema of a field, named or not.
    pub fn of_field(&self, name: &str) -> Option<&Self> {
        self.property(name).or_else(|| self.of_others())
    }

    /// The schema of the fields that it does not name.
    pub fn of_others(&self) -> Option<&Self> {
        match &self.additional {
            Additional::Like(schema) => Some(schema),
            Additional::Unsaid | Additional::Allowed(_) => None,
        }
    }
}

impl Type {
    /// Every type with its name in `OpenAPI`.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("object", Self::Object),
        ("array", Self::Array),
        ("string", Self::Text),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
    ];

    /// What a message calls it.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Object => "a mapping",
            Self::Array => "a list",
            Self::Text => "a text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
        }
    }
}
