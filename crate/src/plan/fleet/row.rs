//! What is said of many certificates.

use crate::access::Answer;
use crate::account::Account;
use crate::plan::types::{AccessUse, Verdict};
use crate::rules::Basis;
use serde::Serialize;
use std::sync::Arc;

/// The result for one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetRow {
    /// Its position in the bundle, from 0.
    pub index: usize,
    /// The result for the device.
    pub verdict: Verdict,
    /// The certificate ID. `None` if the entry is not a readable certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<String>,
    /// The thing's name, if the template creates one and its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing_name: Option<Arc<str>>,
    /// The step where the plan stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<u8>,
    /// The codes of what the verdict rests on, each once, that of the cause first: the errors, or the check that was not made.
    pub codes: Vec<&'static str>,
    /// The cause in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The evidence for the rule of the cause, if AWS refuses something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Whether the device can connect then, as [`Access`](crate::plan::Access) says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connects: Option<Answer>,
    /// What its policies are for, if it cannot connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<AccessUse>,
    /// The answer in a sentence, if it is not a plain yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// The first row with the same certificate, if this is not it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<usize>,
    /// The first row with another certificate and the same thing name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_thing_as: Option<usize>,
}

/// How many devices have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetCounts {
    /// Provisioned.
    pub provisions: usize,
    /// Not provisioned again, because the certificate is registered and ACTIVE already.
    pub registered: usize,
    /// Left PENDING_ACTIVATION, or never registered.
    pub fails: usize,
    /// Not provisioned because AWS refuses the template.
    pub rejected: usize,
    /// Unknown: a check could not be made.
    pub unknown: usize,
    /// Not provisioned because the text is not a template.
    #[serde(rename = "not-a-template")]
    pub not_a_template: usize,
    /// Provisioned or registered, and not allowed to connect, though the policies allow something over MQTT or nothing at all.
    pub cannot_connect: usize,
    /// Provisioned or registered, and not known whether allowed to connect.
    pub connects_unknown: usize,
    /// Rows with a certificate that an earlier row has.
    pub duplicates: usize,
    /// Rows with the thing name of an earlier row that has another certificate.
    pub same_thing: usize,
}

/// The results for every certificate of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Fleet {
    /// How many have which verdict.
    pub counts: FleetCounts,
    /// A row for each entry, in the order of the bundle.
    pub rows: Vec<FleetRow>,
    /// The account after all rows, in their order. Only if [`DryRunOptions::account`](crate::DryRunOptions::account) is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<crate::account::AccountState<'static>>"))]
    pub after: Option<Account>,
}
