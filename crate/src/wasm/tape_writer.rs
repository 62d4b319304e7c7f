//! Writes what serde tells of a plan: plain objects, `null` for nothing, numbers for integers of every width, as `result.rs` has them.

use super::tape::{Tape, kind};
use serde::ser::{self, Serialize, Serializer};
use std::fmt::Display;

/// A plan for JavaScript.
pub fn message(plan: &impl Serialize) -> Result<Vec<u32>, NotSerialized> {
    let mut tape = Tape::new();
    plan.serialize(Writer(&mut tape))?;
    Ok(tape.message())
}

/// An error of a type's own serialization. No type of the plan has one.
#[derive(Debug)]
pub struct NotSerialized;

impl Display for NotSerialized {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the plan cannot be written")
    }
}

impl std::error::Error for NotSerialized {}

impl ser::Error for NotSerialized {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Writes one value.
pub struct Writer<'t>(&'t mut Tape);

/// Writes the members of a value.
pub struct TapeMembers<'t> {
    tape: &'t mut Tape,
    /// Where the value began.
    began: usize,
    count: usize,
}

type Done = Result<(), NotSerialized>;

/// The highest number that a word has room for.
const SMALL: u64 = 1 << 28;

impl<'t> Writer<'t> {
    /// Serde does not know the length of everything, so the members are counted.
    fn open(self, kind: u32) -> Result<TapeMembers<'t>, NotSerialized> {
        Ok(TapeMembers { began: self.0.begin(kind), tape: self.0, count: 0 })
    }

    /// An object with the variant's name as its only key.
    fn variant(self, variant: &'static str) -> Self {
        self.0.push(kind::OBJECT, 1);
        self.0.key(variant);
        self
    }
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = NotSerialized;
    type SerializeSeq = TapeMembers<'t>;
    type SerializeTuple = TapeMembers<'t>;
    type SerializeTupleStruct = TapeMembers<'t>;
    type SerializeTupleVariant = TapeMembers<'t>;
    type SerializeMap = TapeMembers<'t>;
    type SerializeStruct = TapeMembers<'t>;
    type SerializeStructVariant = TapeMembers<'t>;

    fn serialize_bool(self, value: bool) -> Done {
        self.0.push(if value { kind::TRUE } else { kind::FALSE }, 0);
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Done {
        match u64::try_from(value) {
            Ok(value) => self.serialize_u64(value),
            Err(_) => self.serialize_f64(value as f64),
        }
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Done {
        match usize::try_from(value) {
            Ok(small) if value < SMALL => self.0.push(kind::SMALL, small),
            _ => self.0.float(value as f64),
        }
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.0.float(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.0.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        value.serialize(self)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.0.push(kind::NULL, 0);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        value.serialize(self.variant(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<TapeMembers<'t>, NotSerialized> {
        self.open(kind::LIST)
    }

    fn serialize_tuple(self, _: usize) -> Result<TapeMembers<'t>, NotSerialized> {
        self.open(kind::LIST)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<TapeMembers<'t>, NotSerialized> {
        self.open(kind::LIST)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<TapeMembers<'t>, NotSerialized> {
        self.variant(variant).open(kind::LIST)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<TapeMembers<'t>, NotSerialized> {
        self.open(kind::MAP)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<TapeMembers<'t>, NotSerialized> {
        self.open(kind::OBJECT)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<TapeMembers<'t>, NotSerialized> {
        self.variant(variant).open(kind::OBJECT)
    }
}

impl TapeMembers<'_> {
    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.count += 1;
        value.serialize(Writer(&mut *self.tape))
    }

    fn member<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Done {
        self.tape.key(key);
        self.value(value)
    }

    fn close(self) -> Done {
        self.tape.end(self.began, self.count);
        Ok(())
    }
}

macro_rules! members {
    ($($name:ident: $call:ident($($key:ident)?);)*) => {$(
        impl ser::$name for TapeMembers<'_> {
            type Ok = ();
            type Error = NotSerialized;

            fn $call<T: ?Sized + Serialize>(&mut self, $($key: &'static str,)? value: &T) -> Done {
                members!(@ self value $($key)?)
            }

            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
    (@ $own:ident $value:ident) => { $own.value($value) };
    (@ $own:ident $value:ident $key:ident) => { $own.member($key, $value) };
}

members! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeStruct: serialize_field(key);
    SerializeStructVariant: serialize_field(key);
}

impl ser::SerializeMap for TapeMembers<'_> {
    type Ok = ();
    type Error = NotSerialized;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Done {
        key.serialize(Writer(&mut *self.tape))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.value(value)
    }

    fn end(self) -> Done {
        self.close()
    }
}
