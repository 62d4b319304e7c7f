//! The shapes of what a plan says of an account.

use crate::account::Account;
use crate::rules::Basis;
use serde::Serialize;
use std::sync::Arc;

/// What a plan does in an account of which something was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct PlannedAccount {
    /// What happens to each resource, in the order of the steps.
    pub changes: Vec<ResourceChange>,
    /// The account afterwards. It holds what had happened before the step at which a plan stops. `None` if the plan ran in an account
    /// that its caller has, as [`Template::dry_run_in`](crate::Template::dry_run_in) does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<crate::account::AccountState<'static>>"))]
    pub after: Option<Account>,
    /// What nobody told and the plan assumes, a sentence each.
    pub taken: Vec<String>,
}

/// The kind of resource, or of a part of one, that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ChangedKind {
    /// The registered CA certificate.
    Ca,
    /// The provisioning template that a registration config names.
    Template,
    /// The device's certificate.
    Certificate,
    /// The thing.
    Thing,
    /// The thing's attributes.
    Attributes,
    /// The thing's type.
    ThingType,
    /// The thing's groups.
    ThingGroups,
    /// The thing's billing group.
    BillingGroup,
    /// A policy.
    Policy,
    /// The attachment of a policy to the certificate.
    Attachment,
    /// The attachment of the certificate to the thing.
    Principal,
}

/// What happens to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum ChangeOutcome {
    /// It is made.
    Created,
    /// It exists as the template has it.
    Unchanged,
    /// It exists, is different, and stays as it is.
    Kept,
    /// The template's replaces what exists.
    Replaced,
    /// The template's is added to what exists.
    Merged,
    /// It exists, and stops the plan.
    Conflict,
    /// It does not exist, or not in the state that the plan needs.
    Missing,
    /// Nobody knows.
    Unknown,
}

/// What happens to a resource, or of a part of one, if the plan gets so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ResourceChange {
    /// The number of the step that does it.
    pub step: u8,
    /// What it is.
    pub kind: ChangedKind,
    /// Its name. A part of a thing has the thing's, a certificate its ID.
    pub name: Arc<str>,
    /// What happens to it.
    pub change: ChangeOutcome,
    /// The setting in `OverrideSettings` that decides, as written.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// What differs, one by one: attributes by their names, groups by theirs. Nothing if nobody told what is there.
    pub entries: Vec<ChangedEntry>,
    /// The same in a sentence.
    pub sentence: String,
    /// The evidence.
    pub basis: Basis,
}

/// One attribute or group, or the value itself, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ChangedEntry {
    /// The name of the attribute or group; `status` of a certificate, `type` or `billing group` of a thing.
    pub name: Arc<str>,
    /// The value before. `None`: there was none, or it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Arc<str>>,
    /// The value afterwards. `None`: there is none, or it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Arc<str>>,
}
