//! A document as the API server gets it: scalars have a type, and every value knows where it was written.

use crate::crds::scalar::meaning;
use crate::source::{Span, Str, Text};
use crate::yaml;

/// A JSON value with its place.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it was written; [`Span::NONE`] for what a default made.
    pub span: Span,
}

/// What a [`Value`] is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(Str),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order written.
    Map(Vec<Field>),
}

/// A key of an object and its value.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key.
    pub key: Text,
    /// The value.
    pub value: Value,
}

impl Value {
    /// What the API server reads of a tree, by way of `kubectl`.
    pub fn of(node: &yaml::Node) -> Self {
        let kind = match &node.kind {
            yaml::Kind::Null => Kind::Null,
            yaml::Kind::Scalar(scalar) => meaning(scalar),
            yaml::Kind::List(items) => Kind::List(items.iter().map(Self::of).collect()),
            yaml::Kind::Map(entries) => {
                let field = |it: &yaml::Entry| Field { key: it.key.clone(), value: Self::of(&it.value) };
                Kind::Map(entries.iter().map(field).collect())
            }
        };
        Self { kind, span: node.span }
    }

    /// The same value, written by nobody.
    pub fn made(&self) -> Self {
        let kind = match &self.kind {
            Kind::List(items) => Kind::List(items.iter().map(Self::made).collect()),
            Kind::Map(fields) => Kind::Map(
                fields
                    .iter()
                    .map(|it| Field { key: Text::made(it.key.value.clone()), value: it.value.made() })
                    .collect(),
            ),
            other => other.clone(),
        };
        Self { kind, span: Span::NONE }
    }

    /// The fields of an object, or none.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The items of an array, or none.
    pub fn items(&self) -> &[Value] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// A field of an object.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().iter().find(|it| it.key.value == key)
    }

    /// The value of a field of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.field(key).map(|it| &it.value)
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&Str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// What to call it in a message.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(it) => format!("`{it}`"),
            Kind::Int(it) => format!("`{it}`"),
            Kind::Float(it) => format!("`{it}`"),
            Kind::Text(it) => format!("the text \"{}\"", short(it)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        }
    }
}

/// The first line of a text, cut where nobody would read on.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && line.chars().count() <= 60 {
        return line.escape_debug().to_string();
    }
    let start: String = line.chars().take(60).collect();
    format!("{}…", start.escape_debug())
}

/// Equal wherever they were written, in whatever order their keys stand; `1` and `1.0` are one number.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Bool(a), Kind::Bool(b)) => a == b,
            (Kind::Int(a), Kind::Int(b)) => a == b,
            (Kind::Text(a), Kind::Text(b)) => a == b,
            (Kind::List(a), Kind::List(b)) => a == b,
            (Kind::Map(a), Kind::Map(b)) => {
                a.len() == b.len() && a.iter().all(|it| other.get(&it.key) == Some(&it.value))
            }
            (Kind::Float(_) | Kind::Int(_), Kind::Float(_) | Kind::Int(_)) => self.number() == other.number(),
            _ => false,
        }
    }
}

impl Value {
    /// A number, as precise as JSON's.
    #[expect(clippy::cast_precision_loss, reason = "that is what a float is")]
    pub fn number(&self) -> Option<f64> {
        match self.kind {
            Kind::Int(it) => Some(it as f64),
            Kind::Float(it) => Some(it),
            _ => None,
        }
    }

    /// How many values it is made of.
    pub fn weight(&self) -> usize {
        let fields = self.fields().iter().map(|it| it.value.weight());
        1 + fields.chain(self.items().iter().map(Self::weight)).sum::<usize>()
    }

    /// A text that is equal for equal values and for no others.
    pub fn canonical(&self) -> String {
        match &self.kind {
            Kind::Null => "n".to_owned(),
            Kind::Bool(it) => it.to_string(),
            Kind::Int(it) => it.to_string(),
            Kind::Float(it) => it.to_string(),
            Kind::Text(it) => format!("{:?}", it.as_str()),
            Kind::List(items) => {
                format!("[{}]", items.iter().map(Self::canonical).collect::<Vec<_>>().join(","))
            }
            Kind::Map(fields) => {
                let pair = |it: &Field| format!("{:?}:{}", it.key.as_str(), it.value.canonical());
                let mut pairs: Vec<String> = fields.iter().map(pair).collect();
                pairs.sort();
                format!("{{{}}}", pairs.join(","))
            }
        }
    }
}
