//! What the evaluator answers, as JavaScript gets it.

use crate::source::Span;
use serde::Serialize;
use std::sync::Arc;

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The policies allow it.
    Allowed,
    /// They do not.
    Denied,
    /// It depends on something that was not given, or that nobody outside AWS knows.
    Unknown,
}

/// How a request is denied. The words of IAM, and of `TestAuthorization`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Denial {
    /// A Deny matches.
    Explicit,
    /// No Allow matches.
    Implicit,
}

/// Why a request is not simply allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum AccessCause {
    /// A Deny matches.
    ExplicitDeny,
    /// No policy is attached.
    NoPolicy,
    /// No statement that allows names the action.
    Action,
    /// The action is allowed on another type of resource, such as a topic for a topic filter.
    ResourceType,
    /// Connecting is allowed as another client ID.
    ClientId,
    /// The action is allowed on another resource.
    Resource,
    /// The same, and only letter case differs.
    LetterCase,
    /// The action is allowed in another partition.
    Partition,
    /// The action is allowed in another Region.
    Region,
    /// The action is allowed in another account.
    Account,
    /// A variable has no value for this device.
    Variable,
    /// A variable of the thing has no value, because the request is made over HTTPS.
    HttpsVariable,
    /// A condition does not match.
    Condition,
    /// A policy is named, and its document was not given.
    UnseenPolicy,
    /// A policy may be attached to one of the thing's groups.
    GroupPolicy,
    /// A value was not given that a policy asks for.
    MissingValue,
    /// AWS documents nothing that decides.
    Undecided,
    /// The certificate is not ACTIVE.
    Inactive,
    /// It is not known whether the certificate becomes ACTIVE.
    Provisioning,
}

/// The part of a statement that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum StatementPart {
    /// `Action` or `NotAction`.
    Action,
    /// `Resource` or `NotResource`.
    Resource,
    /// `Condition`.
    Condition,
}

/// The effect of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// A statement of a policy, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct StatementPlace {
    /// The policy: its logical name in a template, or the name that the caller gave it.
    pub policy: Arc<str>,
    /// The statement's number in the policy, from 1.
    pub statement: usize,
    /// Its `Sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<Arc<str>>,
    /// Its effect.
    pub effect: Effect,
    /// The part that decides; for the nearest statement the part that does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<StatementPart>,
    /// The element of that part, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Arc<str>>,
    /// The place of that element, or of the statement, in the text that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// The kind of thing that would decide an open answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum MissingKind {
    /// The value of a condition key, for example `aws:SourceIp`.
    Value,
    /// The document of a policy.
    Policy,
    /// A document that can be read: the policy was given, and nobody can read it.
    Unreadable,
    /// The policies that are attached to a thing group.
    Group,
    /// An option: `region`, `accountId`, `clientId` or `certificate`.
    Option,
}

/// Something that was not given and would decide an open answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Missing {
    /// What it is.
    pub kind: MissingKind,
    /// Its name.
    pub name: Arc<str>,
}

impl Missing {
    /// The most that an answer names. A policy can ask for thousands of values; those beyond are named when these are given.
    const MOST: usize = 50;

    /// Adds it to a list, once.
    #[cold]
    pub(super) fn note_in(self, list: &mut Vec<Missing>) {
        if list.len() < Self::MOST && !list.contains(&self) {
            list.push(self);
        }
    }
}

/// The answer to one request, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Decision {
    /// What the policies say.
    pub answer: Answer,
    /// For a denied request: how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denial: Option<Denial>,
    /// The reason in one or two sentences.
    pub reason: String,
    /// The reason as a word. `None` if the request is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<AccessCause>,
    /// The statement that decides. For a request that nothing allows it is the one that comes nearest to allowing it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementPlace>,
    /// What would decide an open answer, at most 50 at a time. Empty if nobody can give it.
    pub missing: Vec<Missing>,
    /// What the message broker refuses, whatever the policies say: a sentence each.
    pub broker: Vec<String>,
}
