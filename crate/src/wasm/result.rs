//! Results in JavaScript.

use super::objects::Objects;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A result as a JS value. None fails; the functions that return it do, if their options cannot be read.
pub fn value(result: &impl Serialize) -> Result<JsValue, JsValue> {
    result.serialize(Objects).map_err(|never| match never {})
}
