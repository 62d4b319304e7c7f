//! The face to JavaScript: turns texts and bytes into calls and results into texts. Holds no rule.
//!
//! Results cross the border as JSON, which the engine parses faster than objects can be built member by member from here. Options
//! cross the same way: the package's entry checks the object that callers give, so that what arrives has the right shape, and
//! a deserializer with its messages, which nobody would see, is not needed (docs/ARCHITECTURE.md).

use crate::plan::{DryRunOptions, SerialNumberReading};
use crate::source::{Node, Sources, Value};
use crate::stringify::StringifyOptions;
use crate::template::{self, Flow, TemplateOptions};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The options of one call, an object in JSON that the package's entry has made.
struct Given(Option<Node>);

impl Given {
    fn read(options: &str) -> Self {
        Self(Sources::new(options).parse(0).ok())
    }

    fn get(&self, key: &str) -> Option<&Node> {
        self.0.as_ref()?.get(key)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(Node::as_str).map(str::to_owned)
    }

    fn number(&self, key: &str) -> Option<i64> {
        match &self.get(key)?.value {
            Value::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    fn flow(&self) -> Flow {
        let flows = [Flow::Fleet, Flow::RegisterThing];
        let named = self.get("flow").and_then(Node::as_str).unwrap_or_default();
        flows.into_iter().find(|flow| flow.word() == named).unwrap_or_default()
    }

    fn template(&self) -> TemplateOptions {
        TemplateOptions { flow: self.flow(), region: self.text("region"), account_id: self.text("accountId") }
    }

    fn dry_run(&self) -> DryRunOptions {
        let parameters = self.get("parameters").and_then(Node::as_object).unwrap_or_default().iter();
        DryRunOptions {
            region: self.text("region"),
            account_id: self.text("accountId"),
            serial_number: match self.get("serialNumber").and_then(Node::as_str) {
                Some("subject") => SerialNumberReading::Subject,
                Some("certificate") => SerialNumberReading::Certificate,
                _ => SerialNumberReading::Auto,
            },
            now: self.number("now"),
            parameters: parameters
                .filter_map(|member| Some((member.key.as_str().into(), member.value.as_str()?.into())))
                .collect(),
        }
    }
}

/// A report as a JS value. Writing JSON to memory cannot fail, and what is written is JSON.
fn json(report: &impl Serialize) -> Result<JsValue, JsValue> {
    parse(&serde_json::to_string(report).unwrap_or_default())
}

#[inline(never)]
fn parse(text: &str) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(text)
}

/// Makes a panic, which is a bug of jitp, tell where it happened.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// See [`template::validate_with`].
#[wasm_bindgen]
pub fn validate(source: &str, options: &str) -> Result<JsValue, JsValue> {
    json(&template::validate_with(source, &Given::read(options).template()))
}

/// See [`crate::stringify`].
#[wasm_bindgen]
pub fn stringify(source: &str, options: &str) -> Result<JsValue, JsValue> {
    let given = Given::read(options);
    let options = StringifyOptions {
        flow: given.flow(),
        role_arn: given.text("roleArn"),
        indent: given.number("indent").and_then(|indent| u8::try_from(indent).ok()),
        template_name: given.text("templateName"),
    };
    json(&crate::stringify::stringify(source, &options))
}

/// See [`crate::unstringify`].
#[wasm_bindgen]
pub fn unstringify(source: &str) -> Result<JsValue, JsValue> {
    json(&crate::stringify::unstringify(source))
}

/// See [`crate::read_certificates`].
#[wasm_bindgen(js_name = readCertificates)]
pub fn read_certificates(bundle: &[u8]) -> Result<JsValue, JsValue> {
    json(&crate::certificate::read_certificates(bundle))
}

/// A template, parsed and judged once, to be dry-run against any number of certificates.
#[wasm_bindgen]
pub struct Template(template::Template);

#[wasm_bindgen]
impl Template {
    /// Reads a text of any kind.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str, options: &str) -> Self {
        Self(template::Template::with_options(source, &Given::read(options).template()))
    }

    /// What can be said before any device connects.
    pub fn report(&self) -> Result<JsValue, JsValue> {
        json(self.0.report())
    }

    /// Says what JITP does with one certificate.
    #[wasm_bindgen(js_name = dryRun)]
    pub fn dry_run(&self, certificate: &[u8], options: &str) -> Result<JsValue, JsValue> {
        json(&self.0.dry_run(certificate, &Given::read(options).dry_run()))
    }

    /// Judges every certificate of a bundle.
    #[wasm_bindgen(js_name = dryRunFleet)]
    pub fn dry_run_fleet(&self, bundle: &[u8], options: &str) -> Result<JsValue, JsValue> {
        json(&self.0.dry_run_fleet(bundle, &Given::read(options).dry_run()))
    }
}
