//! The face to JavaScript: turns JS values into calls and results into JS values. Holds no rule.
//!
//! Results cross the border as one JSON text that the engine parses, which is faster than building objects member by member
//! from here. Options come as plain objects; one that is misspelt or of the wrong type is misuse of the API and throws.

use crate::plan::{DryRunOptions, SerialNumberReading};
use crate::stringify::StringifyOptions;
use crate::template;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Options of a dry run as JavaScript gives them.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct JsDryRunOptions {
    region: Option<String>,
    account_id: Option<String>,
    #[serde(default)]
    serial_number: SerialNumberReading,
    now: Option<String>,
}

impl JsDryRunOptions {
    fn read(options: JsValue) -> Result<DryRunOptions, JsValue> {
        let options: Self = read_options(options)?;
        let milliseconds = match &options.now {
            None => js_sys::Date::now(),
            Some(text) => js_sys::Date::parse(text),
        };
        if milliseconds.is_nan() {
            return Err(js_sys::TypeError::new("jitp: options.now is not a date").into());
        }
        Ok(DryRunOptions {
            region: options.region,
            account_id: options.account_id,
            serial_number: options.serial_number,
            now: Some((milliseconds / 1000.0).floor() as i64),
        })
    }
}

fn read_options<T: Default + for<'de> Deserialize<'de>>(options: JsValue) -> Result<T, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(T::default());
    }
    serde_wasm_bindgen::from_value(options)
        .map_err(|error| js_sys::TypeError::new(&format!("jitp: options: {error}")).into())
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsValue::from_str(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// Makes a panic, which is a bug of jitp, tell where it happened.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// See [`template::validate`].
#[wasm_bindgen]
pub fn validate(source: &str) -> Result<JsValue, JsValue> {
    to_js(&template::validate(source))
}

/// See [`crate::stringify`].
#[wasm_bindgen]
pub fn stringify(source: &str, options: JsValue) -> Result<JsValue, JsValue> {
    let options: StringifyOptions = read_options(options)?;
    to_js(&crate::stringify::stringify(source, &options))
}

/// See [`crate::unstringify`].
#[wasm_bindgen]
pub fn unstringify(source: &str) -> Result<JsValue, JsValue> {
    to_js(&crate::stringify::unstringify(source))
}

/// See [`crate::dry_run`].
#[wasm_bindgen(js_name = dryRun)]
pub fn dry_run(source: &str, certificate: &[u8], options: JsValue) -> Result<JsValue, JsValue> {
    to_js(&crate::plan::dry_run(source, certificate, &JsDryRunOptions::read(options)?))
}

/// See [`crate::read_certificates`].
#[wasm_bindgen(js_name = readCertificates)]
pub fn read_certificates(bundle: &[u8]) -> Result<JsValue, JsValue> {
    to_js(&crate::certificate::read_certificates(bundle))
}

/// A template, parsed and judged once, to be dry-run against any number of certificates.
#[wasm_bindgen]
pub struct Template(template::Template);

#[wasm_bindgen]
impl Template {
    /// Reads a text of any kind.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str) -> Self {
        Self(template::Template::new(source))
    }

    /// What can be said before any device connects.
    pub fn report(&self) -> Result<JsValue, JsValue> {
        to_js(self.0.report())
    }

    /// Says what JITP does with one certificate.
    #[wasm_bindgen(js_name = dryRun)]
    pub fn dry_run(&self, certificate: &[u8], options: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.0.dry_run(certificate, &JsDryRunOptions::read(options)?))
    }
}
