//! What came of reading the texts about an account.

use super::state::Account;
use crate::diagnostic::Diagnostic;
use serde::Serialize;

/// What several texts say of an account.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountReport {
    /// What is known of the account.
    #[cfg_attr(test, ts(as = "super::own_form::AccountState<'static>"))]
    pub account: Account,
    /// The texts, in the order in which they were given.
    pub texts: Vec<AccountText>,
}

/// What one text about an account is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountText {
    /// The name that the caller gave it.
    pub name: String,
    /// What is in it, in order: names of actions such as `DescribeThing`, whose outputs they are, and `account` for jitp's own form.
    pub holds: Vec<&'static str>,
    /// The findings, with places in this text.
    pub diagnostics: Vec<Diagnostic>,
}

impl AccountReport {
    /// The findings of all texts.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.texts.iter().flat_map(|text| &text.diagnostics)
    }
}
