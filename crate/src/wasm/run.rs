//! Devices one after another in one account.

use super::given::Given;
use super::result::value;
use crate::plan::{DryRunOptions, EvolvingAccount};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The account that devices change, and the options of all of them.
#[wasm_bindgen]
pub struct Run {
    pub(super) account: EvolvingAccount,
    pub(super) options: DryRunOptions,
}

#[wasm_bindgen]
impl Run {
    /// Begins with the option `account`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let mut options = Given::read(options)?.dry_run();
        let account = EvolvingAccount::of(&options).unwrap_or_default();
        options.account = None;
        Ok(Self { account, options })
    }

    /// The account now.
    pub fn account(&self) -> Result<JsValue, JsValue> {
        value(self.account.account())
    }
}
