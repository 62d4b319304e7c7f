//! The interface to JavaScript: it turns texts, bytes and options into calls, and results into objects. It holds no rule.
//!
//! `serde-wasm-bindgen` makes the results, except plans, whose texts hardly differ from one to the next (`tape.rs`), and lists (`list.rs`).
//! The package's entry checks the options that callers give, so that they arrive in the right shape. `JSON.stringify` writes them, and the
//! core's parser reads them: a deserializer would be larger, and nobody would see its messages (docs/ARCHITECTURE.md).

mod access;
mod authority;
mod checks;
mod fleet;
mod given;
mod list;
mod result;
mod run;
mod tape;
mod tape_keys;
mod tape_writer;
mod words;

use crate::access::GivenCertificate;
use crate::account::Account;
use crate::plan::{DryRunOptions, PolicyChanges};
use crate::source::Node;
use crate::stringify::StringifyOptions;
use crate::template;
use access::Device;
use checks::Checks;
use given::Given;
use result::{plan, value};
use run::Run;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// Makes a panic, which is a bug of jitp, say where it happened. Its message can quote a text, which can be a secret, so that only a build
/// for development shows the message, with a stack.
#[wasm_bindgen(start)]
pub fn start() {
    if cfg!(debug_assertions) {
        return console_error_panic_hook::set_once();
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" in {}, line {}", place.file(), place.line()));
        error(&format!("jitp: a fault{}", place.unwrap_or_default()));
    }));
}

/// See [`template::validate_with`].
#[wasm_bindgen]
pub fn validate(source: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    value(&template::validate_with(source, &Given::read(options)?.template()))
}

/// See [`crate::redact_private_keys`]. `null` if there is no key, because the caller has the text, which may be long.
#[wasm_bindgen(js_name = redactPrivateKeys)]
pub fn redact_private_keys(text: &str) -> Result<JsValue, JsValue> {
    value(&crate::secrets::redacted(text))
}

/// See [`crate::stringify`].
#[wasm_bindgen]
pub fn stringify(source: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    let given = Given::read(options)?;
    let options = StringifyOptions {
        flow: given.flow(),
        role_arn: given.text("roleArn"),
        indent: given.number("indent").and_then(|indent| u8::try_from(indent).ok()),
        template_name: given.text("templateName"),
    };
    value(&crate::stringify::stringify(source, &options))
}

/// See [`crate::unstringify`].
#[wasm_bindgen]
pub fn unstringify(source: &[u8]) -> Result<JsValue, JsValue> {
    value(&crate::stringify::unstringify(source))
}

/// See [`crate::read_certificates`].
#[wasm_bindgen(js_name = readCertificates)]
pub fn read_certificates(bundle: &[u8], options: &JsValue) -> Result<JsValue, JsValue> {
    value(&crate::certificate::read_certificates(bundle, Given::read(options)?.number("now")))
}

/// See [`crate::list_certificates`]. `pkg/src/list.ts` reads the result.
#[wasm_bindgen(js_name = listCertificates)]
pub fn list_certificates(bundle: &[u8]) -> Vec<u32> {
    list::message(&crate::certificate::list_certificates(bundle))
}

/// See [`Account::read`]. Each text has a name.
#[wasm_bindgen(js_name = readAccount)]
pub fn read_account(names: Vec<String>, texts: Vec<String>) -> Result<JsValue, JsValue> {
    let texts: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    value(&Account::read(&texts))
}

/// See [`crate::plan::twins`]. The words are strings, or null.
#[wasm_bindgen]
pub fn twins(words: &JsValue) -> Result<JsValue, JsValue> {
    let words = Given::read(words)?;
    let words: Vec<_> = words.list().iter().map(Node::as_str).collect();
    value(&crate::plan::twins(&words))
}

/// A template, parsed and checked once, to be dry-run against any number of certificates.
#[wasm_bindgen]
pub struct Template(template::Template);

#[wasm_bindgen]
impl Template {
    /// Reads a text of any kind.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &[u8], options: &JsValue) -> Result<Self, JsValue> {
        Ok(Self(template::Template::with_options(source, &Given::read(options)?.template())))
    }

    /// All that can be said before any device connects.
    pub fn report(&self) -> Result<JsValue, JsValue> {
        value(self.0.report())
    }

    /// Says what JITP does with one certificate. The first of the checks belongs to it. With the option `isSubject`, the bytes are the text of
    /// a subject.
    #[wasm_bindgen(js_name = dryRun)]
    pub fn dry_run(&self, certificate: &[u8], options: &JsValue, checks: Option<Checks>) -> Result<Vec<u32>, JsValue> {
        let issuer = checks.and_then(|checks| checks.into_list().into_iter().next());
        let given = Given::read(options)?;
        let options = DryRunOptions { issuer, ..given.dry_run() };
        plan(&match given.flag("isSubject") {
            true => self.0.dry_run_subject(&String::from_utf8_lossy(certificate), &options),
            false => self.0.dry_run(certificate, &options),
        })
    }

    /// The device that is provisioned with this certificate, to be asked what it may do. The option `isSubject` is that of a dry run.
    pub fn device(&self, certificate: Vec<u8>, options: &JsValue, checks: Option<Checks>) -> Result<Device, JsValue> {
        let given = Given::read(options)?;
        let issuer = checks.and_then(|checks| checks.into_list().into_iter().next());
        let changes = PolicyChanges { add: given.names("policyNamesToAdd"), skip: given.names("policyNamesToSkip") };
        let certificate = match given.flag("isSubject") {
            true => GivenCertificate::Subject(String::from_utf8_lossy(&certificate).into_owned()),
            false => GivenCertificate::Whole(certificate),
        };
        Ok(Device(self.0.provisioned(&certificate, &DryRunOptions { issuer, ..given.dry_run() }, &changes)))
    }

    /// Says what JITP does with one certificate in the account of a run, and changes that account. For the rest, see `dryRun`.
    #[wasm_bindgen(js_name = planIn)]
    pub fn plan_in(
        &self,
        run: &mut Run,
        certificate: &[u8],
        options: &JsValue,
        checks: Option<Checks>,
    ) -> Result<Vec<u32>, JsValue> {
        let given = Given::read(options)?;
        run.options.issuer = checks.and_then(|checks| checks.into_list().into_iter().next());
        run.options.values = given.flag("values");
        plan(&match given.flag("isSubject") {
            true => self.0.dry_run_subject_in(&String::from_utf8_lossy(certificate), &run.options, &mut run.account),
            false => self.0.dry_run_in(certificate, &run.options, &mut run.account),
        })
    }

    /// Checks every certificate of a bundle in the account of a run, in their order.
    #[wasm_bindgen(js_name = rowsIn)]
    pub fn rows_in(&self, run: &mut Run, bundle: &[u8], checks: Option<Checks>) -> Result<JsValue, JsValue> {
        run.options.issuers = checks.map(Checks::into_list);
        value(&self.0.dry_run_fleet_in(bundle, &run.options, &mut run.account))
    }
}
