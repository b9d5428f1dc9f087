//! A map or a list while its entries arrive: lines below the parent, or one word if none come.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use crate::yaml::print::key::Key;
use crate::yaml::print::scalar::{write_key, write_spaces};
use crate::yaml::print::ser::{Place, Refused, Value};

/// Readers look for the colon of a key on its line no further than 1024 characters.
const LONGEST_KEY: usize = 1000;

/// The entries written so far.
pub(super) struct Block<'a> {
    pub(super) out: &'a mut String,
    /// Where the keys, or the dashes, of this block stand.
    pub(super) column: usize,
    /// What stands before the first entry.
    pub(super) place: Place,
    /// What to write if no entry comes.
    pub(super) empty: &'static str,
    /// No entry has come yet.
    pub(super) fresh: bool,
}

impl Block<'_> {
    /// Goes to where the next entry begins.
    pub(super) fn begin(&mut self) {
        if self.fresh {
            self.fresh = false;
            match self.place {
                Place::Root => return,
                Place::AfterDash => return self.out.push(' '),
                Place::AfterKey => self.out.push('\n'),
            }
        }
        write_spaces(self.column, self.out);
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.begin();
        self.out.push('-');
        item.serialize(Value { out: self.out, column: self.column, place: Place::AfterDash })
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        self.begin();
        let start = self.out.len();
        write_key(name, self.out);
        self.colon(start);
        self.value(value)
    }

    /// Ends the key that began at the byte `start`.
    fn colon(&mut self, start: usize) {
        if self.out.len() - start > LONGEST_KEY {
            self.out.insert_str(start, "? ");
            self.out.push('\n');
            write_spaces(self.column, self.out);
        }
        self.out.push(':');
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(Value { out: self.out, column: self.column, place: Place::AfterKey })
    }

    fn finish(self) {
        if self.fresh {
            if self.place != Place::Root {
                self.out.push(' ');
            }
            self.out.push_str(self.empty);
            self.out.push('\n');
        }
    }
}

impl SerializeSeq for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.item(item)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeTuple for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.item(item)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeTupleStruct for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.item(item)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeTupleVariant for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.item(item)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeMap for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.begin();
        let start = self.out.len();
        key.serialize(Key(self.out))?;
        self.colon(start);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.value(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeStruct for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}

impl SerializeStructVariant for Block<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}
