//! The notation of the shapes, read into a table.

use std::collections::BTreeMap;

/// The objects of some API, by name.
pub struct Table {
    objects: BTreeMap<&'static str, Object>,
}

/// A mapping whose fields are known.
pub struct Object {
    /// Its name: of a kind, or of a type inside of one.
    pub name: &'static str,
    /// Where it is served, if it is a kind.
    pub served: Option<Served>,
    /// Whether there are more fields than those listed.
    pub open: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// Fields of which at most one may be there.
    pub choices: Vec<Vec<&'static str>>,
}

/// Where a kind is served.
pub struct Served {
    /// The API group, empty for the core group.
    pub group: &'static str,
    /// The versions, newest first.
    pub versions: Vec<&'static str>,
}

/// A field of an [`Object`].
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it takes.
    pub takes: Type,
}

/// What a field takes.
#[derive(Debug)]
pub enum Type {
    /// A text.
    Text,
    /// A text that is not empty.
    Word,
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A whole number, from and to.
    Whole(i64, i64),
    /// A duration in Go's spelling; `true` if it may be zero.
    Duration(bool),
    /// Anything.
    Any,
    /// One of these words.
    Words(Vec<&'static str>),
    /// A list.
    List(Box<Type>),
    /// A mapping of names.
    Map(Box<Type>),
    /// An object of the table.
    Object(&'static str),
}

impl Table {
    /// Reads the notation.
    pub fn parse(texts: &[&'static str]) -> Self {
        let mut objects = BTreeMap::new();
        let mut current: Option<Object> = None;
        for line in texts.iter().flat_map(|it| it.lines()).map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match &mut current {
                None => current = Some(Object::begin(line)),
                Some(object) if line != "}" => object.line(line),
                Some(_) => objects.extend(current.take().map(|it| (it.name, it))),
            }
        }
        Self { objects }
    }

    /// The object of a name.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects.get(name)
    }

    /// All objects, by name.
    #[cfg(test)]
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }
}

impl Object {
    /// `Name {` or `Name in group/version version {`.
    fn begin(line: &'static str) -> Self {
        let mut words = line.trim_end_matches('{').split_whitespace();
        let name = words.next().unwrap_or_default();
        let served = words.nth(1).map(|first| {
            let (group, version) = first.split_once('/').unwrap_or(("", first));
            Served { group, versions: std::iter::once(version).chain(words).collect() }
        });
        Self { name, served, open: false, fields: Vec::new(), choices: Vec::new() }
    }

    fn line(&mut self, line: &'static str) {
        if line == "..." {
            self.open = true;
            return;
        }
        let (name, rest) = line.split_once(' ').unwrap_or((line, "any"));
        if name == "oneof" {
            self.choices.push(rest.split_whitespace().collect());
            return;
        }
        let bare = name.trim_end_matches('!');
        self.fields.push(Field { name: bare, required: bare != name, takes: Type::parse(rest.trim()) });
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.name == name)
    }
}

impl Type {
    fn parse(text: &'static str) -> Self {
        let inside = |open, close| text.strip_prefix(open).and_then(|it: &str| it.strip_suffix(close));
        if let Some(item) = inside('[', ']') {
            return Self::List(Box::new(Self::parse(item)));
        }
        if let Some(value) = inside('{', '}') {
            return Self::Map(Box::new(Self::parse(value)));
        }
        if let Some((least, most)) = text.split_once("..") {
            return Self::Whole(least.parse().unwrap_or(i64::MIN), most.parse().unwrap_or(i64::MAX));
        }
        match text {
            "text" => Self::Text,
            "word" => Self::Word,
            "bool" => Self::Bool,
            "number" => Self::Number,
            "int" => Self::Whole(i32::MIN.into(), i32::MAX.into()),
            "uint" => Self::Whole(0, u32::MAX.into()),
            "count" => Self::Whole(0, i32::MAX.into()),
            "port" => Self::Whole(1, u16::MAX.into()),
            "duration" => Self::Duration(false),
            "duration0" => Self::Duration(true),
            "any" => Self::Any,
            words if words.contains('|') => Self::Words(words.split('|').collect()),
            name => Self::Object(name),
        }
    }

    /// The type of the items of a list or the values of a mapping, otherwise itself.
    #[cfg(test)]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.innermost(),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::table::{Table, Type};
    use crate::kube::shape::{BUILTIN, ISTIO};

    #[test]
    fn every_name_that_a_shape_uses_is_an_object() {
        for texts in [ISTIO, BUILTIN] {
            let table = Table::parse(texts);
            for object in table.objects() {
                for field in &object.fields {
                    if let Type::Object(name) = field.takes.innermost() {
                        assert!(table.object(name).is_some(), "{}.{}: {name}", object.name, field.name);
                    }
                }
                for name in object.choices.iter().flatten() {
                    assert!(object.open || object.field(name).is_some(), "{}: {name}", object.name);
                }
            }
            let blocks = texts.iter().flat_map(|it| it.lines()).filter(|it| it.ends_with('{')).count();
            assert_eq!(table.objects().count(), blocks, "a name stands twice");
        }
    }
}
