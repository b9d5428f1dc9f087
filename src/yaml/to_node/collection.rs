//! Lists and mappings that are being made.

use ecow::EcoVec;
use serde::ser::{self, Serialize};

use crate::source::{Span, Spanned, Text};
use crate::yaml::to_node::{Refused, Tree, tagged};
use crate::yaml::{Entry, Kind, Node};

/// A list that is being made.
#[derive(Default)]
pub struct Sequence {
    items: EcoVec<Node>,
    variant: Option<&'static str>,
}

impl Sequence {
    /// The value of a variant.
    pub fn tagged(variant: &'static str) -> Self {
        Self { variant: Some(variant), ..Self::default() }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.items.push(value.serialize(Tree)?);
        Ok(())
    }

    fn close(self) -> Node {
        let span = first(self.items.iter().map(|it| it.span));
        let list = Node { kind: Kind::List(self.items), span };
        match self.variant {
            Some(variant) => tagged(variant, list),
            None => list,
        }
    }
}

impl ser::SerializeSeq for Sequence {
    type Ok = Node;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

impl ser::SerializeTuple for Sequence {
    type Ok = Node;
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

impl ser::SerializeTupleStruct for Sequence {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

impl ser::SerializeTupleVariant for Sequence {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

/// A mapping that is being made.
#[derive(Default)]
pub struct Mapping {
    entries: EcoVec<Entry>,
    key: Text,
    variant: Option<&'static str>,
}

impl Mapping {
    /// The value of a variant.
    pub fn tagged(variant: &'static str) -> Self {
        Self { variant: Some(variant), ..Self::default() }
    }

    fn push<T: Serialize + ?Sized>(&mut self, mut key: Text, value: &T) -> Result<(), Refused> {
        let value = value.serialize(Tree)?;
        if !key.span.is_some() {
            key.span = value.span;
        }
        self.entries.push(Entry { key, value });
        Ok(())
    }

    fn close(self) -> Node {
        let span = first(self.entries.iter().map(|it| it.value.span));
        let map = Node::map(self.entries, span);
        match self.variant {
            Some(variant) => tagged(variant, map),
            None => map,
        }
    }
}

impl ser::SerializeMap for Mapping {
    type Ok = Node;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let key = key.serialize(Tree)?;
        match key.kind {
            Kind::Scalar(scalar) => self.key = Spanned::new(scalar.text, key.span),
            other => return Err(Refused(format!("no key: {other:?}"))),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let key = std::mem::take(&mut self.key);
        self.push(key, value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

impl ser::SerializeStruct for Mapping {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.push(Spanned::made(key.into()), value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

impl ser::SerializeStructVariant for Mapping {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.push(Spanned::made(key.into()), value)
    }

    fn end(self) -> Result<Node, Refused> {
        Ok(self.close())
    }
}

/// The first place among some.
fn first(mut spans: impl Iterator<Item = Span>) -> Span {
    spans.find(|it| it.is_some()).unwrap_or(Span::NONE)
}
