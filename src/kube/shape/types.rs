//! What a field takes, in the notation of the shapes.

use std::collections::BTreeMap;

use crate::kube::shape::text::{self, Format};
use crate::yaml::{Kind, Node};

/// What a field takes.
#[derive(Debug)]
pub enum Type {
    /// A text of a format, of so many characters.
    Text(&'static Format, Range<usize>),
    /// `true` or `false`.
    Bool,
    /// A number, from and to.
    Number(Range<f64>),
    /// A whole number, from and to.
    Whole(i64, i64),
    /// One of these whole numbers.
    Numbers(Vec<i64>),
    /// A duration in Go's spelling; of at least a millisecond unless `true`.
    Duration(bool),
    /// A whole number or a text: a port, a share.
    NumberOrText,
    /// An amount: `100m`, `1Gi`, `2`.
    Quantity,
    /// Anything.
    Any,
    /// A mapping of anything.
    Mapping,
    /// One of these words.
    Words(Vec<&'static str>),
    /// A list.
    List(Box<List>),
    /// A port: its number or its name.
    PortOrName,
    /// So many, or so many percent of them.
    Share,
    /// A mapping of names of a format to values, of so many entries.
    Map(&'static Format, Box<Self>, Range<usize>),
    /// An object of the table: its name and place.
    Object(&'static str, usize),
}

/// From and to, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range<T> {
    /// The least.
    pub least: T,
    /// The most.
    pub most: T,
}

/// A list of values.
#[derive(Debug)]
pub struct List {
    /// What its items take.
    pub item: Type,
    /// How many there may be.
    pub length: Range<usize>,
    /// What tells its items apart.
    pub apart: Apart,
}

/// What no two items of a list may share.
#[derive(Debug, PartialEq)]
pub enum Apart {
    /// There may be twins.
    Nothing,
    /// The value itself.
    Value,
    /// The values of these keys, all of them together.
    Keys(Vec<&'static str>),
}

/// Any length.
pub const ANY: Range<usize> = Range { least: 0, most: usize::MAX };

impl Type {
    /// Reads the notation; `names` are the objects of the table.
    pub fn parse(text: &'static str, names: &BTreeMap<&'static str, usize>) -> Self {
        if let Some((item, limits)) = inside(text, '[', ']') {
            let (length, apart) = limits_of_a_list(limits);
            return Self::List(Box::new(List { item: Self::parse(item, names), length, apart }));
        }
        if let Some((value, limits)) = inside(text, '{', '}') {
            let (keys, value) = value.split_once(": ").unwrap_or(("text", value));
            let keys = Format::find(keys).unwrap_or(&text::ANYTHING);
            return Self::Map(keys, Box::new(Self::parse(value, names)), range(limits).unwrap_or(ANY));
        }
        if let Some((name, limits)) = text.split_once('(') {
            let limits = limits.trim_end_matches(')');
            return match Format::find(name) {
                Some(format) => Self::Text(format, range(limits).unwrap_or(ANY)),
                None => Self::Number(fractions(limits)),
            };
        }
        if let Some((least, most)) = text.split_once("..") {
            return Self::Whole(least.parse().unwrap_or(i64::MIN), most.parse().unwrap_or(i64::MAX));
        }
        Self::word(text, names)
    }

    fn word(text: &'static str, names: &BTreeMap<&'static str, usize>) -> Self {
        match text {
            "word" => Self::Text(&text::ANYTHING, Range { least: 1, ..ANY }),
            "bool" => Self::Bool,
            "number" => Self::Number(fractions("..")),
            "int" => Self::Whole(i32::MIN.into(), i32::MAX.into()),
            "long" => Self::Whole(i64::MIN, i64::MAX),
            "uint" => Self::Whole(0, u32::MAX.into()),
            "count" => Self::Whole(0, i32::MAX.into()),
            "port" => Self::Whole(1, u16::MAX.into()),
            "duration" => Self::Duration(false),
            "duration0" => Self::Duration(true),
            "number-or-text" => Self::NumberOrText,
            "port-or-name" => Self::PortOrName,
            "share" => Self::Share,
            "quantity" => Self::Quantity,
            "any" => Self::Any,
            "mapping" => Self::Mapping,
            words if words.contains(['|', '\'']) => Self::choice(words),
            name => match Format::find(name) {
                Some(format) => Self::Text(format, ANY),
                None => Self::Object(name, names.get(name).copied().unwrap_or(usize::MAX)),
            },
        }
    }

    /// Words may stand in quotes: the empty one, and one that is the only one.
    fn choice(words: &'static str) -> Self {
        let numbers: Result<Vec<i64>, _> = words.split('|').map(str::parse).collect();
        let word = |it: &'static str| it.trim_matches('\'');
        numbers.map_or_else(|_| Self::Words(words.split('|').map(word).collect()), Self::Numbers)
    }

    /// Whether a value without anything inside may stand for no value.
    pub fn may_be_zero(&self, value: &Node) -> bool {
        match self {
            Self::Text(..) | Self::Words(_) | Self::NumberOrText | Self::PortOrName => {
                matches!(value.kind, Kind::Scalar(_) | Kind::Null)
            }
            Self::List(_) => matches!(value.kind, Kind::List(_) | Kind::Null),
            _ => false,
        }
    }

    /// Whether it is an object, or a list or mapping of it, that another type is.
    #[cfg(test)]
    pub fn is(&self, other: Option<&Self>) -> bool {
        matches!((self.innermost(), other), (Self::Object(_, own), Some(Self::Object(_, its))) if own == its)
    }

    /// The type of the items of a list or the values of a mapping, otherwise itself.
    #[cfg(test)]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(list) => list.item.innermost(),
            Self::Map(_, value, _) => value.innermost(),
            _ => self,
        }
    }
}

/// What stands between two brackets, and the limits behind them, without their own.
fn inside(text: &'static str, open: char, close: char) -> Option<(&'static str, &'static str)> {
    let (inner, limits) = text.strip_prefix(open)?.rsplit_once(close)?;
    Some((inner, limits.trim_start_matches('(').trim_end_matches(')')))
}

/// `1..16`, `by name`, `unique`, or the first and one of the others.
fn limits_of_a_list(text: &'static str) -> (Range<usize>, Apart) {
    let mut words = text.split_whitespace().peekable();
    let length = words.peek().copied().and_then(range);
    if length.is_some() {
        words.next();
    }
    let apart = match words.next() {
        Some("unique") => Apart::Value,
        Some("by") => Apart::Keys(words.collect()),
        _ => Apart::Nothing,
    };
    (length.unwrap_or(ANY), apart)
}

/// `1..16`, `..16` or `1..`.
fn range(text: &str) -> Option<Range<usize>> {
    let (least, most) = text.split_once("..")?;
    Some(Range { least: least.parse().unwrap_or(ANY.least), most: most.parse().unwrap_or(ANY.most) })
}

fn fractions(text: &str) -> Range<f64> {
    let (least, most) = text.split_once("..").unwrap_or_default();
    Range { least: least.parse().unwrap_or(f64::MIN), most: most.parse().unwrap_or(f64::MAX) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::kube::shape::types::{Apart, Range, Type};

    #[test]
    fn limits_stand_in_parentheses_behind_a_type() {
        let parse = |text| Type::parse(text, &BTreeMap::new());
        let Type::List(list) = parse("[label(1..63)](..16 by name port)") else { panic!("no list") };
        assert_eq!(list.length, Range { least: 0, most: 16 });
        assert_eq!(list.apart, Apart::Keys(vec!["name", "port"]));
        assert!(
            matches!(list.item, Type::Text(format, Range { least: 1, most: 63 }) if format.name == "label")
        );
        assert!(matches!(parse("{text}(1..)"), Type::Map(_, _, Range { least: 1, most: usize::MAX })));
        assert!(matches!(parse("1..9"), Type::Whole(1, 9)));
        assert!(matches!(parse("number(0..100)"), Type::Number(Range { least: 0.0, most: 100.0 })));
        assert!(matches!(parse("301|302"), Type::Numbers(_)));
        let Type::Words(words) = parse("''|HTTP") else { panic!("no words") };
        assert_eq!(words, ["", "HTTP"]);
    }
}
