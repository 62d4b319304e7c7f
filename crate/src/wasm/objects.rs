//! Makes JavaScript's values of results: plain objects, `null` for nothing, numbers for integers of every width.
//!
//! `serde-wasm-bindgen` does the same and can fail, so that every member of every result needs a branch for it. Here nothing can: the error
//! is a type without values, and the compiler leaves the branches out.

use js_sys::{Array, Map};
use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    Serializer,
};
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An object with members.
    #[wasm_bindgen(extends = js_sys::Object, typescript_type = "object")]
    type Members;

    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Members;

    /// An assignment. No result has a member `__proto__`: a name that somebody chose is a key of a map.
    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Members, key: &JsValue, value: JsValue);
}

/// Why a result cannot become a value: there is nothing that cannot.
#[derive(Debug)]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("no result refuses to be written")
    }
}

type Made<T = JsValue> = Result<T, Never>;

/// Makes one value.
#[derive(Clone, Copy)]
pub struct Objects;

/// An array in the making.
pub struct Elements(Array);

/// A map in the making, with the key whose value follows. It stays a `Map`: `object[key] = value` drops the key `__proto__`, which for AWS
/// is an attribute's name like any other. `pkg/src/core.ts` turns the maps into objects by `Object.fromEntries`, which keeps it.
pub struct Mapped(Map, JsValue);

/// An object in the making. That of an enum's variant is the only member of another, by this name.
pub struct Object(Members, Option<&'static str>);

thread_local! {
    /// The keys of objects that were used before, by the addresses of their texts. A text that the compiler has twice is here twice.
    static KEYS: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

impl Object {
    fn put(&self, key: &'static str, value: JsValue) {
        let address = |text: &str| (text.as_ptr().addr(), text.len());
        KEYS.with_borrow_mut(|keys| {
            let place = keys.binary_search_by_key(&address(key), |(known, _)| address(known)).unwrap_or_else(|place| {
                keys.insert(place, (key, key.into()));
                place
            });
            self.0.set(&keys[place].1, value);
        });
    }

    fn made(self) -> JsValue {
        let Some(name) = self.1 else { return self.0.into() };
        let around = Object(Members::new(), None);
        around.put(name, self.0.into());
        around.0.into()
    }
}

impl Serializer for Objects {
    type Ok = JsValue;
    type Error = Never;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Impossible<JsValue, Never>;
    type SerializeTupleVariant = Impossible<JsValue, Never>;
    type SerializeMap = Mapped;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    fn serialize_bool(self, flag: bool) -> Made {
        Ok(flag.into())
    }

    fn serialize_i8(self, number: i8) -> Made {
        Ok(number.into())
    }

    fn serialize_i16(self, number: i16) -> Made {
        Ok(number.into())
    }

    fn serialize_i32(self, number: i32) -> Made {
        Ok(number.into())
    }

    /// No result has a number beyond 2^53.
    fn serialize_i64(self, number: i64) -> Made {
        Ok((number as f64).into())
    }

    fn serialize_u8(self, number: u8) -> Made {
        Ok(number.into())
    }

    fn serialize_u16(self, number: u16) -> Made {
        Ok(number.into())
    }

    fn serialize_u32(self, number: u32) -> Made {
        Ok(number.into())
    }

    fn serialize_u64(self, number: u64) -> Made {
        Ok((number as f64).into())
    }

    fn serialize_f32(self, number: f32) -> Made {
        Ok(number.into())
    }

    fn serialize_f64(self, number: f64) -> Made {
        Ok(number.into())
    }

    fn serialize_char(self, letter: char) -> Made {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Made {
        Ok(text.into())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Made {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made {
        let around = Object(Members::new(), None);
        around.put(variant, value.serialize(self)?);
        Ok(around.made())
    }

    fn serialize_seq(self, _: Option<usize>) -> Made<Elements> {
        Ok(Elements(Array::new()))
    }

    fn serialize_tuple(self, _: usize) -> Made<Elements> {
        Ok(Elements(Array::new()))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Made<Impossible<JsValue, Never>> {
        unreachable!("no result has {name}, a tuple with a name")
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Made<Impossible<JsValue, Never>> {
        unreachable!("no result has {name}, a variant with a tuple")
    }

    fn serialize_map(self, _: Option<usize>) -> Made<Mapped> {
        Ok(Mapped(Map::new(), JsValue::UNDEFINED))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Made<Object> {
        Ok(Object(Members::new(), None))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Made<Object> {
        Ok(Object(Members::new(), Some(variant)))
    }
}

impl SerializeSeq for Elements {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Made<()> {
        self.0.push(&value.serialize(Objects)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeTuple for Elements {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Made<()> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Mapped {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Made<()> {
        self.1 = key.serialize(Objects)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Made<()> {
        self.0.set(&self.1, &value.serialize(Objects)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeStruct for Object {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Made<()> {
        self.put(key, value.serialize(Objects)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.made())
    }
}

impl SerializeStructVariant for Object {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Made<()> {
        SerializeStruct::serialize_field(self, key, value)
    }

    fn end(self) -> Made {
        Ok(self.made())
    }
}
