//! The key of a map: always a string, whatever the type of the key.

use std::fmt::Display;

use serde::ser::{Error, Impossible};
use serde::{Serialize, Serializer};

use crate::yaml::print::scalar::write_key;
use crate::yaml::print::ser::Refused;

/// Writes a key, without the colon.
pub(super) struct Key<'a>(pub(super) &'a mut String);

type Never = Impossible<(), Refused>;

impl Key<'_> {
    fn write(self, key: &impl Display) -> Result<(), Refused> {
        self.serialize_str(&key.to_string())
    }
}

fn refuse<T>(what: &str) -> Result<T, Refused> {
    Err(Refused::custom(format_args!("{what} is no key of a map")))
}

impl Serializer for Key<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_str(self, key: &str) -> Result<(), Refused> {
        write_key(key, self.0);
        Ok(())
    }

    fn serialize_bool(self, key: bool) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_i8(self, key: i8) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_i16(self, key: i16) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_i32(self, key: i32) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_i64(self, key: i64) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_i128(self, key: i128) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_u8(self, key: u8) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_u16(self, key: u16) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_u32(self, key: u32) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_u64(self, key: u64) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_u128(self, key: u128) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Refused> {
        refuse("a float")
    }

    fn serialize_f64(self, _: f64) -> Result<(), Refused> {
        refuse("a float")
    }

    fn serialize_char(self, key: char) -> Result<(), Refused> {
        self.write(&key)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        refuse("a list")
    }

    fn serialize_none(self) -> Result<(), Refused> {
        refuse("nothing")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, key: &T) -> Result<(), Refused> {
        key.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        refuse("nothing")
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), Refused> {
        self.serialize_str(name)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        key: &T,
    ) -> Result<(), Refused> {
        key.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        refuse("a map")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Refused> {
        refuse("a list")
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Refused> {
        refuse("a list")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Refused> {
        refuse("a list")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Refused> {
        refuse("a map")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Never, Refused> {
        refuse("a map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Never, Refused> {
        refuse("a map")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Refused> {
        refuse("a map")
    }
}
