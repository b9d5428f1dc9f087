//! A value to a tree: what meshgen made, as if it had been read. What a user wrote keeps its place; what lies around
//! it takes that of the first such value inside, so that whatever is said about it points somewhere.

mod collection;

use ecow::EcoVec;
use serde::ser::{self, Serialize, Serializer};

use crate::source::{PLACE, Span, Spanned, Str};
use crate::yaml::{Entry, Kind, Node, Scalar, print};

use collection::{Mapping, Sequence};

/// The tree of a value.
///
/// # Panics
///
/// If the `Serialize` of the value gives an error or a map key is no scalar: none of our types does either.
pub fn to_node<T: Serialize + ?Sized>(value: &T) -> Node {
    match value.serialize(Tree) {
        Ok(node) => node,
        Err(refused) => panic!("this value has no tree: {refused}"),
    }
}

/// Serializes to a [`Node`].
struct Tree;

/// A value that has no tree.
#[derive(Debug)]
pub struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn plain(text: impl Into<Str>) -> Node {
    Node { kind: Kind::Scalar(Scalar { text: text.into(), plain: true }), span: Span::NONE }
}

fn null() -> Node {
    Node { kind: Kind::Null, span: Span::NONE }
}

fn entry(key: impl Into<Str>, value: Node) -> Entry {
    Entry { key: Spanned::made(key.into()), value }
}

/// `{variant: value}`, as every format of serde's that describes itself.
fn tagged(variant: &'static str, value: Node) -> Node {
    Node::map(EcoVec::from([entry(variant, value)]), Span::NONE)
}

impl Serializer for Tree {
    fn is_human_readable(&self) -> bool {
        false
    }

    type Ok = Node;
    type Error = Refused;
    type SerializeSeq = Sequence;
    type SerializeTuple = Sequence;
    type SerializeTupleStruct = Sequence;
    type SerializeTupleVariant = Sequence;
    type SerializeMap = Mapping;
    type SerializeStruct = Mapping;
    type SerializeStructVariant = Mapping;

    fn serialize_bool(self, value: bool) -> Result<Node, Refused> {
        Ok(plain(if value { "true" } else { "false" }))
    }

    fn serialize_i8(self, value: i8) -> Result<Node, Refused> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Node, Refused> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Node, Refused> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Node, Refused> {
        Ok(plain(ecow::eco_format!("{value}")))
    }

    fn serialize_u8(self, value: u8) -> Result<Node, Refused> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Node, Refused> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Node, Refused> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Node, Refused> {
        Ok(plain(ecow::eco_format!("{value}")))
    }

    fn serialize_f32(self, value: f32) -> Result<Node, Refused> {
        Ok(plain(print(&value).trim()))
    }

    fn serialize_f64(self, value: f64) -> Result<Node, Refused> {
        Ok(plain(print(&value).trim()))
    }

    fn serialize_char(self, value: char) -> Result<Node, Refused> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Refused> {
        Ok(Node::string(value, Span::NONE))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, Refused> {
        Err(Refused("bytes are no text".to_owned()))
    }

    fn serialize_none(self) -> Result<Node, Refused> {
        Ok(null())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Refused> {
        Ok(null())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Refused> {
        Ok(null())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Node, Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Node, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        end: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Refused> {
        let mut node = value.serialize(self)?;
        if name != PLACE {
            return Ok(tagged(variant, node));
        }
        *(if variant == "lo" { &mut node.span.lo } else { &mut node.span.hi }) = end;
        Ok(node)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Sequence, Refused> {
        Ok(Sequence::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Sequence, Refused> {
        Ok(Sequence::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Sequence, Refused> {
        Ok(Sequence::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Sequence, Refused> {
        Ok(Sequence::tagged(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Mapping, Refused> {
        Ok(Mapping::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Mapping, Refused> {
        Ok(Mapping::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Mapping, Refused> {
        Ok(Mapping::tagged(variant))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::source::{Span, Spanned};
    use crate::yaml::{print, to_node};

    #[test]
    fn a_tree_prints_as_the_value_does() {
        let value = json!({"a": [1, -2, 0.1, 10.0, true, null], "b": {"on": "on", "empty": {}}, "c": "1"});
        assert_eq!(print(&to_node(&value)), print(&value));
    }

    #[test]
    fn what_was_written_keeps_its_place_and_gives_it_to_what_lies_around() {
        #[derive(serde::Serialize)]
        struct Made {
            made: u8,
            list: Vec<Spanned<u8>>,
        }
        let span = Span { lo: 3, hi: 5 };
        let tree = to_node(&Made { made: 1, list: vec![Spanned::made(1), Spanned::new(2, span)] });
        assert_eq!(tree.span, span);
        assert_eq!(tree.entries()[1].key.span, span);
        let places: Vec<Span> = tree.list("list").iter().map(|it| it.span).collect();
        assert_eq!(places, [Span::NONE, span]);
        assert_eq!(tree.get("made").map(|it| it.span), Some(Span::NONE));
    }
}
