//! The face to JavaScript: turns JS values into calls and results into JS values. Holds no rule.
//!
//! Results cross the border as one JSON text that the engine parses, which is faster than building objects member by member
//! from here. Options cross one by one: the package's entry checks the object that they come in, which takes a fraction of
//! the bytes that a deserializer takes here (docs/ARCHITECTURE.md).

use crate::plan::{self, DryRunOptions, SerialNumberReading};
use crate::stringify::StringifyOptions;
use crate::template::{self, Flow, TemplateOptions};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(|error| JsValue::from_str(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// 1 is fleet provisioning, 2 RegisterThing, anything else JITP.
fn flow_of(number: u8) -> Flow {
    match number {
        1 => Flow::Fleet,
        2 => Flow::RegisterThing,
        _ => Flow::Jitp,
    }
}

/// What the judge is told besides the text.
fn template_options(flow: u8, region: Option<String>, account_id: Option<String>) -> TemplateOptions {
    TemplateOptions { flow: flow_of(flow), region, account_id }
}

/// The options of a dry run; `reading` 1 is the subject's serial number, 2 the certificate's own, anything else `auto`.
/// `parameters` is an object of texts in JSON.
fn options(
    region: Option<String>,
    account_id: Option<String>,
    reading: u8,
    now: f64,
    parameters: Option<&str>,
) -> DryRunOptions {
    let serial_number = match reading {
        1 => SerialNumberReading::Subject,
        2 => SerialNumberReading::Certificate,
        _ => SerialNumberReading::Auto,
    };
    let parameters = parameters.map(plan::read_parameters).unwrap_or_default();
    DryRunOptions { region, account_id, serial_number, now: Some(now.floor() as i64), parameters }
}

/// Makes a panic, which is a bug of jitp, tell where it happened.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// See [`template::validate_with`].
#[wasm_bindgen]
pub fn validate(
    source: &str,
    flow: u8,
    region: Option<String>,
    account_id: Option<String>,
) -> Result<JsValue, JsValue> {
    to_js(&template::validate_with(source, &template_options(flow, region, account_id)))
}

/// See [`crate::stringify`].
#[wasm_bindgen]
pub fn stringify(
    source: &str,
    flow: u8,
    role_arn: Option<String>,
    indent: Option<u8>,
    template_name: Option<String>,
) -> Result<JsValue, JsValue> {
    to_js(&crate::stringify::stringify(
        source,
        &StringifyOptions { flow: flow_of(flow), role_arn, indent, template_name },
    ))
}

/// See [`crate::unstringify`].
#[wasm_bindgen]
pub fn unstringify(source: &str) -> Result<JsValue, JsValue> {
    to_js(&crate::stringify::unstringify(source))
}

/// See [`crate::dry_run`].
#[wasm_bindgen(js_name = dryRun)]
pub fn dry_run(
    source: &str,
    certificate: &[u8],
    flow: u8,
    region: Option<String>,
    account_id: Option<String>,
    reading: u8,
    now: f64,
    parameters: Option<String>,
) -> Result<JsValue, JsValue> {
    Template::new(source, flow, region.clone(), account_id.clone()).dry_run(
        certificate,
        region,
        account_id,
        reading,
        now,
        parameters,
    )
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
    pub fn new(source: &str, flow: u8, region: Option<String>, account_id: Option<String>) -> Self {
        Self(template::Template::with_options(source, &template_options(flow, region, account_id)))
    }

    /// What can be said before any device connects.
    pub fn report(&self) -> Result<JsValue, JsValue> {
        to_js(self.0.report())
    }

    /// Says what JITP does with one certificate.
    #[wasm_bindgen(js_name = dryRun)]
    pub fn dry_run(
        &self,
        certificate: &[u8],
        region: Option<String>,
        account_id: Option<String>,
        reading: u8,
        now: f64,
        parameters: Option<String>,
    ) -> Result<JsValue, JsValue> {
        to_js(&self.0.dry_run(certificate, &options(region, account_id, reading, now, parameters.as_deref())))
    }

    /// Judges every certificate of a bundle.
    #[wasm_bindgen(js_name = dryRunFleet)]
    pub fn dry_run_fleet(
        &self,
        bundle: &[u8],
        region: Option<String>,
        account_id: Option<String>,
        reading: u8,
        now: f64,
        parameters: Option<String>,
    ) -> Result<JsValue, JsValue> {
        to_js(&self.0.dry_run_fleet(bundle, &options(region, account_id, reading, now, parameters.as_deref())))
    }
}
