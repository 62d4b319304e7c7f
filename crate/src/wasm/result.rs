//! Results in JavaScript: plain objects, `null` for nothing, numbers for integers of every width.

use super::tape_writer;
use crate::plan::Plan;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A map stays a `Map` here. The serializer would fill an object by `object[key] = value`, which drops the key `__proto__`. For AWS
/// that is an attribute's name like any other. `pkg/src/core.ts` turns the maps into objects by `Object.fromEntries`, which keeps it.
const SERIALIZER: Serializer = Serializer::json_compatible().serialize_maps_as_objects(false);

/// A result as a JS value. Only a number beyond 2^53 could be an error, and no result has one.
pub fn value(result: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(result.serialize(&SERIALIZER)?)
}

/// A plan as `pkg/src/tape.ts` reads it.
pub fn plan(plan: &Plan) -> Result<Vec<u32>, JsValue> {
    tape_writer::message(plan).map_err(|error| JsValue::from_str(&error.to_string()))
}
