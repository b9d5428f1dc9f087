//! A value of any type, written where it stands: alone, after a key or after a dash.

use std::fmt::{self, Display, Write};

use serde::{Serialize, Serializer};

use crate::yaml::print::block::Block;
use crate::yaml::print::scalar::{write_key, write_value};

/// What stands before a value on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: it is the document.
    Root,
    /// A key and its colon.
    AfterKey,
    /// The dash of a list.
    AfterDash,
}

/// Writes one value, from the place where it begins to the end of its last line.
pub(super) struct Value<'a> {
    pub(super) out: &'a mut String,
    /// Where the key or the dash before it stands.
    pub(super) column: usize,
    pub(super) place: Place,
}

/// What a foreign `Serialize` had to say; ours never do.
#[derive(Debug)]
pub(super) struct Refused(String);

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'a> Value<'a> {
    /// A whole document.
    pub(super) fn root(out: &'a mut String) -> Self {
        Self { out, column: 0, place: Place::Root }
    }

    fn blank(&mut self) {
        if self.place != Place::Root {
            self.out.push(' ');
        }
    }

    /// A word that means the same to every reader.
    fn word(mut self, word: &str) {
        self.blank();
        self.out.push_str(word);
        self.out.push('\n');
    }

    fn number(mut self, number: impl Display) {
        self.blank();
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.out, "{number}");
    }

    /// `digits` is the shortest that reads back the same, without an exponent: YAML 1.1 and 1.2 differ on those.
    fn float(mut self, digits: impl Display) {
        self.blank();
        let start = self.out.len();
        // Writing to a `String` cannot fail.
        let _ = write!(self.out, "{digits}");
        self.out.push_str(if self.out[start..].contains('.') { "\n" } else { ".0\n" });
    }

    fn list(self) -> Block<'a> {
        let column = if self.place == Place::AfterDash { self.column + 2 } else { self.column };
        Block { out: self.out, column, place: self.place, empty: "[]", fresh: true }
    }

    fn map(self) -> Block<'a> {
        let column = if self.place == Place::Root { self.column } else { self.column + 2 };
        Block { out: self.out, column, place: self.place, empty: "{}", fresh: true }
    }

    /// The value of a map whose one key is the name of a variant.
    fn under(self, variant: &str) -> Self {
        let mut block = self.map();
        block.begin();
        write_key(variant, block.out);
        block.out.push(':');
        Self { out: block.out, column: block.column, place: Place::AfterKey }
    }
}

impl<'a> Serializer for Value<'a> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Block<'a>;
    type SerializeTuple = Block<'a>;
    type SerializeTupleStruct = Block<'a>;
    type SerializeTupleVariant = Block<'a>;
    type SerializeMap = Block<'a>;
    type SerializeStruct = Block<'a>;
    type SerializeStructVariant = Block<'a>;

    fn serialize_str(mut self, text: &str) -> Result<(), Refused> {
        self.blank();
        write_value(text, self.column + 2, self.out);
        self.out.push('\n');
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.word(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result<(), Refused> {
        self.number(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        if !value.is_finite() {
            return self.serialize_f64(value.into());
        }
        self.float(value);
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        if value.is_nan() {
            self.word(".nan");
        } else if value.is_infinite() {
            self.word(if value > 0.0 { ".inf" } else { "-.inf" });
        } else {
            self.float(value);
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Refused> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Refused> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.word("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self.under(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Block<'a>, Refused> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<Block<'a>, Refused> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Block<'a>, Refused> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'a>, Refused> {
        Ok(self.under(variant).list())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Block<'a>, Refused> {
        Ok(self.map())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Block<'a>, Refused> {
        Ok(self.map())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'a>, Refused> {
        Ok(self.under(variant).map())
    }
}
