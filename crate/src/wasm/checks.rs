//! Checks of who signed the devices' certificates. They stay here for the dry runs that use them; JavaScript sees only their results.

use super::given::Given;
use super::result::value;
use crate::authority::{self, IssuerCheck, Signature};
use crate::certificate::requirements;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::Node;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Checks in the order of the devices.
#[wasm_bindgen]
#[derive(Default)]
pub struct Checks(Vec<IssuerCheck>);

#[wasm_bindgen]
impl Checks {
    /// An empty list, for [`Checks::add`].
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// See [`authority::check_issuers`]. Without the option `each` it is the one check of [`authority::check_issuer`].
    pub fn verified(devices: &[u8], ca: &[u8], options: &JsValue) -> Result<Self, JsValue> {
        let given = Given::read(options)?;
        let (verdicts, now) = (given.verdicts(), given.number("now"));
        Ok(Self(match given.flag("each") {
            true => authority::check_issuers(devices, ca, &verdicts, now),
            false => vec![authority::check_issuer(devices, ca, &verdicts, now)],
        }))
    }

    /// Their results, as a list.
    pub fn shown(&self) -> Result<JsValue, JsValue> {
        value(&self.0)
    }

    /// Adds the check at a place in another list.
    pub fn add(&mut self, others: &Checks, place: usize) {
        self.0.extend(others.0.get(place).cloned());
    }

    /// Adds a check that is read from an object: a copy of a result of [`Checks::shown`], or one that the caller made with other means.
    #[wasm_bindgen(js_name = addWritten)]
    pub fn add_written(&mut self, check: &JsValue) -> Result<(), JsValue> {
        self.0.extend(Given::read(check)?.node().map(read));
        Ok(())
    }

    pub(super) fn into_list(self) -> Vec<IssuerCheck> {
        self.0
    }
}

/// Reads a written check. It reads only those parts of the diagnostics that a plan uses.
fn read(check: &Node) -> IssuerCheck {
    let text = |key: &str| check.get(key).and_then(Node::as_str).map(str::to_owned);
    let found = check.get("diagnostics").and_then(Node::as_array).unwrap_or_default();
    let findings: Vec<Finding> = found
        .iter()
        .filter_map(|found| {
            let text = |key: &str| found.get(key).and_then(Node::as_str);
            let finding = Finding::new_at(rules::by_code(text("code")?)?, None, text("message")?);
            Some(match text("help") {
                Some(help) => finding.help(help),
                None => finding,
            })
        })
        .collect();
    IssuerCheck {
        signature: Signature::named(text("signature").as_deref().unwrap_or_default()),
        reason: text("reason").unwrap_or_default(),
        certificate_id: text("certificateId"),
        ca_certificate_id: text("caCertificateId"),
        ca: text("ca"),
        diagnostics: requirements::resolve(&findings),
        ..IssuerCheck::default()
    }
}
