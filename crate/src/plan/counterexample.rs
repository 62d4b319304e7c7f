//! The shapes of isolation, as JavaScript gets them.

use crate::access::{Answer, StatementPlace, Verb};
use serde::Serialize;
use std::sync::Arc;

/// Whether the device may act as another one of the same template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Isolation {
    /// Whether it may connect, publish, subscribe or call as the other one. `denied` means that the two are isolated.
    pub may: Answer,
    /// The name of the other one's thing.
    pub other: Arc<str>,
    /// What it may do as the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterexample: Option<Counterexample>,
}

/// A request that belongs to another device, and that this one may make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Counterexample {
    /// What the device does.
    pub verb: Verb,
    /// The client ID, topic, topic filter or resource.
    pub resource: String,
    /// The same as a sentence.
    pub sentence: String,
    /// The statement that allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementPlace>,
}
