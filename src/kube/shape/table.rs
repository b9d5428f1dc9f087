//! The notation of the shapes, read into a table.

use std::collections::BTreeMap;

use crate::kube::shape::rule::Rule;
use crate::kube::shape::text::{self, Format};
use crate::kube::shape::types::Type;

/// The objects of some API, by name.
pub struct Table {
    objects: Vec<Object>,
    names: BTreeMap<&'static str, usize>,
    kinds: BTreeMap<&'static str, Vec<usize>>,
    /// Whether blocks of kinds describe the whole document: it is read by types of Go, not by a schema.
    pub whole: bool,
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
    /// What must hold between the fields.
    pub rules: Vec<Rule>,
    /// The places of the fields that must be there, a bit each.
    pub required: u128,
    /// A mark of each field's name, in the order of the fields: they are compared before names are.
    marks: Vec<u32>,
}

/// Where and how a kind is served.
pub struct Served {
    /// The API group, empty for the core group.
    pub group: &'static str,
    /// The versions, newest first.
    pub versions: Vec<&'static str>,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
    /// What its names look like; a subdomain if nothing is said.
    pub naming: &'static Format,
    /// How long its names may be.
    pub longest: usize,
    /// Whether its objects must have a `spec`.
    pub needs_spec: bool,
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

impl Table {
    /// Reads the notation. Blocks of kinds describe the whole document if `whole`, otherwise its `spec`.
    pub fn parse(texts: &[&'static str], whole: bool) -> Self {
        let blocks = blocks(texts);
        let mut names = BTreeMap::new();
        let mut kinds: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut objects: Vec<Object> = blocks.iter().map(|(head, _)| Object::begin(head)).collect();
        for (at, object) in objects.iter().enumerate() {
            names.insert(object.name, at);
            if object.served.is_some() {
                kinds.entry(object.label()).or_default().push(at);
            }
        }
        for (object, (_, lines)) in objects.iter_mut().zip(&blocks) {
            let ahead: &[&'static str] = match object.served {
                Some(_) if whole => &["apiVersion text", "kind text", "metadata ObjectMeta"],
                _ => &[],
            };
            ahead.iter().chain(lines).for_each(|line| object.line(line, &names));
        }
        Self { objects, names, kinds, whole }
    }

    /// The object of a name.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.names.get(name).map(|it| &self.objects[*it])
    }

    /// The place of an object.
    #[cfg(test)]
    pub fn place(&self, name: &str) -> usize {
        self.names.get(name).copied().unwrap_or(usize::MAX)
    }

    /// The object at a place.
    pub fn at(&self, place: usize) -> Option<&Object> {
        self.objects.get(place)
    }

    /// Every kind of a name, in any group.
    pub fn kinds(&self, kind: &str) -> impl Iterator<Item = (&Object, &Served)> {
        let places = self.kinds.get(kind).into_iter().flatten();
        places.filter_map(|it| Some((&self.objects[*it], self.objects[*it].served.as_ref()?)))
    }

    /// Whether any kind is in a group, or many once were.
    pub fn has_group(&self, group: &str) -> bool {
        let mut served = self.objects.iter().filter_map(|it| it.served.as_ref());
        group == "extensions" || served.any(|it| it.group == group)
    }

    /// All objects.
    #[cfg(test)]
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.iter()
    }
}

impl Served {
    fn new(group: &'static str, version: &'static str) -> Self {
        let naming = Format::find("subdomain").unwrap_or(&text::ANYTHING);
        Self { group, versions: vec![version], namespaced: true, naming, longest: 253, needs_spec: false }
    }

    /// `label` or `subdomain(..52)`.
    fn name(&mut self, written: &'static str) {
        let (name, limit) = written.split_once("(..").unwrap_or((written, ""));
        self.naming = Format::find(name).unwrap_or(&text::ANYTHING);
        self.longest = limit.trim_end_matches(')').parse().unwrap_or(usize::MAX);
    }
}

/// The first line of every block, and the lines inside of it.
fn blocks(texts: &[&'static str]) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for line in texts.iter().flat_map(|it| it.lines()).map(str::trim) {
        if line.is_empty() || line.starts_with('#') || line == "}" {
            continue;
        }
        match (line.strip_suffix('{'), blocks.last_mut()) {
            (Some(head), _) => blocks.push((head, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    blocks
}

impl Object {
    /// `Name` or `Name in group/version version`, then maybe `of cluster`, `needs spec` and `named` a format.
    fn begin(line: &'static str) -> Self {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default();
        let mut served: Option<Served> = None;
        while let Some(word) = words.next() {
            match (word, &mut served) {
                ("in", _) => {
                    let first = words.next().unwrap_or_default();
                    let (group, version) = first.split_once('/').unwrap_or(("", first));
                    served = Some(Served::new(group, version));
                }
                ("of", Some(served)) => served.namespaced = words.next() != Some("cluster"),
                ("needs", Some(served)) => served.needs_spec = words.next() == Some("spec"),
                ("named", Some(served)) => served.name(words.next().unwrap_or_default()),
                (version, Some(served)) => served.versions.push(version),
                (_, None) => {}
            }
        }
        Self {
            name,
            served,
            open: false,
            fields: Vec::new(),
            rules: Vec::new(),
            required: 0,
            marks: Vec::new(),
        }
    }

    fn line(&mut self, line: &'static str, names: &BTreeMap<&'static str, usize>) {
        if line == "..." {
            self.open = true;
            return;
        }
        let (name, rest) = line.split_once(' ').unwrap_or((line, "any"));
        if let Some(rule) = Rule::parse(name, rest) {
            self.rules.push(rule);
            return;
        }
        let bare = name.trim_end_matches('!');
        let takes = Type::parse(rest.trim(), names);
        self.required |= u128::from(bare != name) << self.fields.len();
        self.marks.push(mark(bare));
        self.fields.push(Field { name: bare, required: bare != name, takes });
    }

    /// What messages call it: the name without what tells it apart from others of the name.
    pub fn label(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The field of a name.
    #[cfg(test)]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.name == name)
    }

    /// The place of a field. People mostly keep the order of the API, so the search begins where the last one ended.
    pub fn find(&self, near: usize, name: &str) -> Option<usize> {
        let wanted = mark(name);
        let mut places = (near..self.marks.len()).chain(0..near.min(self.marks.len()));
        places.find(|it| self.marks[*it] == wanted && self.fields[*it].name == name)
    }
}

/// The length of a name, its ends and its middle.
fn mark(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let at = |place: usize| u32::from(bytes.get(place).copied().unwrap_or_default());
    let length = u32::try_from(bytes.len() & 0xff).unwrap_or_default();
    length | at(0) << 8 | at(bytes.len() / 2) << 16 | at(bytes.len().saturating_sub(1)) << 24
}

#[cfg(test)]
mod tests {
    use crate::kube::shape::types::Type;
    use crate::kube::shape::{BUILTIN, GATEWAY, ISTIO, table::Table};

    #[test]
    fn every_name_that_a_shape_uses_is_an_object() {
        for (texts, whole) in [(ISTIO, false), (GATEWAY, false), (BUILTIN, true)] {
            let table = Table::parse(texts, whole);
            for object in table.objects() {
                assert!(object.fields.len() <= 128, "{}", object.name);
                for field in &object.fields {
                    if let Type::Object(name, place) = field.takes.innermost() {
                        assert!(table.at(*place).is_some(), "{}.{}: {name}", object.name, field.name);
                    }
                }
                for name in object.rules.iter().flat_map(crate::kube::shape::rule::Rule::fields) {
                    assert!(object.open || object.field(name).is_some(), "{}: {name}", object.name);
                }
            }
            let blocks = texts.iter().flat_map(|it| it.lines()).filter(|it| it.ends_with('{')).count();
            assert_eq!(table.names.len(), blocks, "a name stands twice");
        }
    }
}
