//! The shapes of a plan, as JavaScript gets them.

use super::api_request::{Request, as_map};
use super::counterexample::Isolation;
use super::existing::types::PlannedAccount;
use super::provenance::PlannedValue;
use crate::access::{AccessRight, Answer, Decision, SimulationContext};
use crate::account::Account;
use crate::authority::{IssuerCheck, Signature};
use crate::certificate::CertificateSummary;
use crate::diagnostic::Diagnostic;
use crate::flow::Flow;
use crate::role::Role;
use crate::rules::Basis;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// The reading of `AWS::IoT::Certificate::SerialNumber` (rule R2.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum SerialNumberReading {
    /// The subject's attribute if there is one, otherwise the certificate's own serial number.
    #[default]
    Auto,
    /// The subject's attribute `2.5.4.5` only, as documented.
    Subject,
    /// The certificate's own serial number in decimal, as observed.
    Certificate,
}

/// The options of a dry run.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, rename_all = "camelCase"))]
pub struct DryRunOptions {
    /// AWS Region, for the ARNs.
    pub region: Option<String>,
    /// AWS account, for the ARNs. Default: the role's account.
    pub account_id: Option<String>,
    /// The serial number to use.
    pub serial_number: SerialNumberReading,
    /// The time of the connection in seconds since 1970. Without it the certificate's validity is not checked.
    #[cfg_attr(test, ts(type = "number"))]
    pub now: Option<i64>,
    /// The parameters that the caller of `RegisterThing` passes, by name. For the flows other than JITP.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub parameters: Vec<(Arc<str>, Arc<str>)>,
    /// Whether the CA to be registered signed the certificate, as [`check_issuer`](crate::authority::check_issuer)
    /// returns it. For JITP. Rows of a fleet have theirs in `issuers`.
    pub issuer: Option<IssuerCheck>,
    /// The same for each entry of a fleet's bundle, in its order.
    pub issuers: Option<Vec<IssuerCheck>>,
    /// The client ID that the device connects with. Default: the thing's name.
    pub client_id: Option<String>,
    /// Documents of policies that the template only names, by name.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub policies: Vec<(Arc<str>, Arc<str>)>,
    /// Documents of the policies that are attached to the thing's groups, by any name. `None`: nothing is known of them.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub group_policies: Option<Vec<(Arc<str>, Arc<str>)>>,
    /// What the account has already. `None`: the plan assumes that what it needs exists, and that nothing else does.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub account: Option<Arc<Account>>,
    /// Whether the plan says where each of its values comes from. Rows of a fleet never do.
    pub values: bool,
}

/// The source of the CA's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum CaOrigin {
    /// The text of the template carries it, as the output of `DescribeCACertificate` does.
    Text,
    /// It was given in addition to the template.
    Given,
}

/// The CA to be registered, in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct PlannedIssuer {
    /// Whether it signed the device's certificate.
    pub signature: Signature,
    /// The same as a sentence.
    pub reason: String,
    /// The ID of its certificate, if that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_certificate_id: Option<String>,
    /// Its subject on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// The source of its certificate, if that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<CaOrigin>,
}

/// The verdict on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is provisioned.
    Provisions,
    /// Its certificate is registered and ACTIVE already, so that its connection provisions nothing.
    Registered,
    /// The template is attached, but this device stays PENDING_ACTIVATION.
    Fails,
    /// AWS refuses the template when it is attached.
    Rejected,
    /// Nothing was found that stops the device, but a check that was asked for could not be made.
    Unknown,
    /// The text is not a template of any kind.
    NotATemplate,
}

/// The source of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// An attribute of the certificate's subject.
    Subject,
    /// The certificate's ID or its own serial number.
    Certificate,
    /// The caller of `RegisterThing`.
    Given,
    /// The parameter's `Default`.
    Default,
    /// Nowhere.
    Missing,
}

/// The subject attribute that a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct SubjectAttribute {
    /// Its OID, dotted.
    pub oid: &'static str,
    /// Its position in the encoded subject, from 0.
    pub index: usize,
    /// Its ASN.1 string type.
    pub encoding: Cow<'static, str>,
    /// Further values of the same attribute, which are not used.
    pub others: Vec<String>,
}

/// A parameter and its value for this certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Parameter {
    /// The full name.
    pub name: Arc<str>,
    /// The value; `None` if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Arc<str>>,
    /// The source of the value.
    pub origin: Origin,
    /// The subject attribute, if the value comes from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<SubjectAttribute>,
    /// Where the template declares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// What a device's policies are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum AccessUse {
    /// Something over MQTT, for which the device must connect.
    Mqtt,
    /// Calls over HTTPS only, for which it need not.
    Https,
    /// They allow nothing.
    Nothing,
}

/// What the device may do once it is provisioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Access {
    /// Whether it can connect: by the policies, the broker's limits, and the certificate's status.
    pub connects: Answer,
    /// The same in a sentence.
    pub headline: String,
    /// What the policies are for.
    pub over: AccessUse,
    /// How it connects, with what was assumed.
    pub context: SimulationContext,
    /// What the policies say of the connection.
    pub connect: Decision,
    /// What the policies allow, as their patterns with the values of variables, in the order of the statements.
    pub may: Vec<AccessRight>,
    /// Whether `may` lists only the first of them.
    pub more: bool,
    /// The device's first minute after the steps.
    pub first_minute: Vec<Moment>,
    /// Whether it may act as another device. Absent if the template gives two devices no different things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isolation: Option<Isolation>,
}

/// A moment of the device's first minute after the steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Moment {
    /// What happens.
    pub title: &'static str,
    /// Its outcome.
    pub outcome: StepOutcome,
    /// The same in a sentence or two, with the reason.
    pub detail: Cow<'static, str>,
    /// What the device sees, and where AWS shows it: a sentence each.
    pub seen: Vec<&'static str>,
}

/// The outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum StepOutcome {
    /// It happens.
    Done,
    /// The plan stops here.
    Failed,
    /// It does not happen.
    Skipped,
    /// Nobody knows whether it happens, since a check could not be made.
    Unknown,
}

/// One call of the AWS IoT API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ApiCall {
    /// The action, for example `CreateThing`.
    pub action: &'static str,
    /// The request in the form of the API.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub request: Request,
    /// The ARN that results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// One of the six steps of JITP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// 1 to 6.
    pub number: u8,
    /// The purpose of the step.
    pub title: &'static str,
    /// The main API action.
    pub action: &'static str,
    /// Its request in the form of the API.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub request: Request,
    /// The outcome of the step.
    pub outcome: StepOutcome,
    /// What happens, or why it does not.
    pub detail: String,
    /// The ARN that results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The numbers of the steps whose results this one uses.
    pub depends_on: &'static [u8],
    /// The API calls that follow the main one.
    pub more: Vec<ApiCall>,
    /// The codes of the errors that stop this step.
    pub diagnostics: Vec<&'static str>,
}

/// The thing as the plan makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct PlannedThing {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// The thing's name.
    pub name: Arc<str>,
    /// Its ARN.
    pub arn: String,
    /// Its type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_name: Option<Arc<str>>,
    /// Its attributes.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub attributes: Vec<(Arc<str>, Arc<str>)>,
    /// Its groups.
    pub groups: Vec<Arc<str>>,
    /// Its billing group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_group: Option<Arc<str>>,
    /// OverrideSettings as written.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub overrides: Vec<(&'static str, String)>,
}

/// A policy as the plan attaches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct PlannedPolicy {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Its ARN.
    pub arn: String,
    /// Its document, if the template carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Arc<str>>,
}

/// What must exist in the account already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Precondition {
    /// `thing-type`, `thing-group`, `billing-group` or `policy`.
    pub kind: &'static str,
    /// Its name.
    pub name: Arc<str>,
    /// Its ARN.
    pub arn: String,
}

/// What JITP does with one template and one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The flow that the plan is for.
    pub flow: Flow,
    /// The verdict on the device.
    pub verdict: Verdict,
    /// The verdict and its first cause in a sentence.
    pub summary: String,
    /// The evidence for the rule that decides a plan which AWS refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The facts of the certificate.
    pub certificate: CertificateSummary,
    /// What is known of the CA that signed it. For JITP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<PlannedIssuer>,
    /// The parameters in the template's order.
    pub parameters: Vec<Parameter>,
    /// Where each value comes from, if [`DryRunOptions::values`] asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<PlannedValue>>,
    /// The six steps.
    pub steps: Vec<Step>,
    /// The step where a failing plan stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<u8>,
    /// The status that the certificate ends in; `None` if it is never registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_status: Option<Arc<str>>,
    /// The thing, if the template creates one and its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<PlannedThing>,
    /// The policies.
    pub policies: Vec<PlannedPolicy>,
    /// What must exist in the account already.
    pub preconditions: Vec<Precondition>,
    /// Where AWS shows the cause of a failure.
    pub look_at: Vec<&'static str>,
    /// What else the device must do.
    pub notes: Vec<&'static str>,
    /// What the account has already and has afterwards. Only if [`DryRunOptions::account`] is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<PlannedAccount>,
    /// What the device may do then. `None` if it is not provisioned, or if the policies are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// The provisioning role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Arc<Role>>,
    /// The template's diagnostics, then this certificate's.
    pub diagnostics: Vec<Arc<Diagnostic>>,
}
