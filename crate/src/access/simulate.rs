//! Requests of a device that is described without a template, and how answers are given for several requests at once.

use super::answer::{AccessCause, Answer, Decision, Denial};
use super::compile::CompiledPolicy;
use super::device::Device;
use super::facts::{CertificateValues, DeviceLocation, DeviceThing};
use super::read::read_policy;
use super::request::{DeviceRequest, RequestContext, Transport};
use crate::certificate::known::KnownCertificate;
use crate::certificate::subject;
use crate::diagnostic::Diagnostic;
use crate::flow::TemplateOptions;
use crate::partition;
use serde::Serialize;
use std::sync::Arc;

/// A policy document as a caller gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GivenPolicy {
    /// Its name, for answers.
    pub name: Arc<str>,
    /// The text of the document.
    pub text: Arc<str>,
}

/// The findings in a policy document that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DocumentFindings {
    /// The policy's name.
    pub name: Arc<str>,
    /// The findings, with places in the text of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// A certificate as a caller gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenCertificate {
    /// PEM, whatever is around it, or DER.
    Whole(Vec<u8>),
    /// Its subject, as text.
    Subject(String),
}

/// A device that is described without a template.
#[derive(Clone, Debug, Default)]
pub struct DescribedDevice {
    /// The policies that are attached to the certificate.
    pub policies: Vec<GivenPolicy>,
    /// The policies that are attached to the thing's groups.
    pub group_policies: Vec<GivenPolicy>,
    /// The names of attached policies whose documents are not known.
    pub unseen: Vec<Arc<str>>,
    /// The thing.
    pub thing: Option<DeviceThing>,
    /// The certificate. Without it, its values are not known.
    pub certificate: Option<GivenCertificate>,
    /// The AWS Region. Without it, it is the first one that the policies name.
    pub region: Option<Arc<str>>,
    /// The AWS account. Without it, it is the first one that the policies name.
    pub account_id: Option<Arc<str>>,
}

/// A device with what is said once of all its answers.
///
/// ```
/// use jitp::access::{Answer, CompiledDevice, DescribedDevice, DeviceRequest, GivenPolicy, RequestContext, Verb};
///
/// let document = r#"{"Version": "2012-10-17", "Statement": [
///   {"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/*"}]}"#;
/// let policy = GivenPolicy { name: "lamps".into(), text: document.into() };
/// let device = CompiledDevice::of(DescribedDevice { policies: vec![policy], ..DescribedDevice::default() });
/// assert_eq!(device.assumed.len(), 2, "the Region and the account are those of the policy");
/// let (publish, context) = (DeviceRequest::new(Verb::Publish, "lamps/1"), RequestContext::default());
/// assert_eq!(device.can(&publish, &context).answer, Answer::Allowed);
/// assert_eq!(&*device.by_policy(&publish, &context)[0].policy, "lamps");
/// ```
#[derive(Clone, Debug, Default)]
pub struct CompiledDevice {
    /// The device.
    pub device: Device,
    /// What was assumed, a sentence each.
    pub assumed: Vec<String>,
    /// The findings in each document that was given.
    pub documents: Vec<DocumentFindings>,
    /// Whether the certificate becomes ACTIVE.
    pub activation: Activation,
}

/// Whether a certificate becomes ACTIVE. Nothing is allowed with one that does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Activation {
    /// It does.
    #[default]
    Certain,
    /// It does not, with the reason.
    Never(String),
    /// Nobody knows, with the reason.
    Unknown(String),
}

/// The context in which requests were evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct SimulationContext {
    /// The client ID, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The protocol.
    pub protocol: Transport,
    /// Whether the session is a clean one.
    pub clean_session: bool,
    /// The AWS Region, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Arc<str>>,
    /// The AWS account, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Arc<str>>,
    /// What was assumed, a sentence each.
    pub assumed: Vec<String>,
}

/// The answers to several requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Simulation {
    /// The context that was used.
    pub context: SimulationContext,
    /// An answer to each request, in order.
    pub answers: Vec<Decision>,
    /// The findings in each policy document that was given, in order.
    pub documents: Vec<DocumentFindings>,
}

/// What one policy by itself answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyDecision {
    /// The policy's name.
    pub policy: Arc<str>,
    /// Its answer.
    pub decision: Decision,
}

/// Says whether a device may do something. [`CompiledDevice::of`] keeps the device for further requests.
///
/// ```
/// use jitp::access::{Answer, DescribedDevice, DeviceRequest, GivenPolicy, RequestContext, Verb, simulate};
///
/// let document = r#"{"Version": "2012-10-17", "Statement": [
///   {"Effect": "Allow", "Action": "iot:Publish", "Resource": "arn:aws:iot:eu-west-1:123456789012:topic/lamps/*"}]}"#;
/// let policy = GivenPolicy { name: "lamps".into(), text: document.into() };
/// let device = DescribedDevice { policies: vec![policy], ..DescribedDevice::default() };
/// let requests = [DeviceRequest::new(Verb::Publish, "lamps/1"), DeviceRequest::new(Verb::Publish, "doors/1")];
/// let answers = simulate(device, &requests, &RequestContext::default()).answers;
/// assert_eq!((answers[0].answer, answers[1].answer), (Answer::Allowed, Answer::Denied));
/// ```
pub fn simulate(device: DescribedDevice, requests: &[DeviceRequest], context: &RequestContext) -> Simulation {
    CompiledDevice::of(device).simulate(requests, context)
}

impl GivenCertificate {
    /// Its values; `None` if it cannot be read.
    pub fn values(&self) -> Option<CertificateValues> {
        match self {
            GivenCertificate::Whole(bytes) => CertificateValues::first_in(bytes),
            GivenCertificate::Subject(text) => {
                let name = subject::encode(text).ok()?;
                Some(CertificateValues::of(KnownCertificate::Subject(&name)))
            }
        }
    }

    #[cold]
    fn unreadable(&self) -> &'static str {
        match self {
            GivenCertificate::Whole(_) => "The certificate cannot be read, so its values are not known.",
            GivenCertificate::Subject(_) => {
                "The subject cannot be read, so the values of the certificate are not known."
            }
        }
    }
}

impl CompiledDevice {
    /// Reads and compiles the policies.
    pub fn of(described: DescribedDevice) -> Self {
        let options = TemplateOptions {
            region: described.region.as_deref().map(str::to_owned),
            account_id: described.account_id.as_deref().map(str::to_owned),
            ..TemplateOptions::default()
        };
        let mut documents = Vec::new();
        let mut compiled = |given: Vec<GivenPolicy>| {
            let read = given.into_iter().map(|policy| {
                let read = read_policy(policy.name.clone(), policy.text.as_bytes(), &options);
                documents.push(DocumentFindings { name: policy.name, diagnostics: read.diagnostics });
                Arc::new(read.policy)
            });
            read.collect()
        };
        let mut device = Device {
            policies: compiled(described.policies),
            group_policies: compiled(described.group_policies),
            unseen: described.unseen,
            ..Device::default()
        };
        device.facts.thing = described.thing;
        let mut assumed = Vec::new();
        if let Some(given) = &described.certificate {
            device.facts.certificate = given.values();
            if device.facts.certificate.is_none() {
                assumed.push(given.unreadable().to_owned());
            }
        }
        device.facts.location = DeviceLocation {
            partition: described.region.as_deref().and_then(partition::of_region).map(Arc::from),
            region: described.region,
            account: described.account_id,
        };
        assumed.extend(device.assume_location());
        Self { device, assumed, documents, activation: Activation::Certain }
    }

    /// Says whether the device may do something.
    pub fn can(&self, request: &DeviceRequest, context: &RequestContext) -> Decision {
        let decision = self.device.can(request, context);
        match &self.activation {
            Activation::Certain => decision,
            Activation::Never(reason) => inactive(reason, decision),
            Activation::Unknown(reason) => perhaps_inactive(reason, decision),
        }
    }

    /// How requests are made in a context, with all defaults and what was assumed.
    pub fn context(&self, context: &RequestContext) -> SimulationContext {
        let location = &self.device.facts.location;
        let client_id = self.device.client_id(context);
        let mut assumed = self.assumed.clone();
        if context.client_id.is_none() && client_id.is_some() {
            assumed.push("The client ID is assumed to be the thing's name.".to_owned());
        }
        SimulationContext {
            client_id: client_id.map(str::to_owned),
            protocol: context.transport,
            clean_session: context.clean_session,
            region: location.region.clone(),
            account_id: location.account.clone(),
            assumed,
        }
    }

    /// Answers requests.
    pub fn simulate(&self, requests: &[DeviceRequest], context: &RequestContext) -> Simulation {
        Simulation {
            context: self.context(context),
            answers: requests.iter().map(|request| self.can(request, context)).collect(),
            documents: self.documents.clone(),
        }
    }

    /// What each policy whose document is known answers by itself.
    pub fn by_policy(&self, request: &DeviceRequest, context: &RequestContext) -> Vec<PolicyDecision> {
        let alone = |policy: &Arc<CompiledPolicy>, of_group: bool| {
            let one = vec![policy.clone()];
            let (policies, group_policies) = if of_group { (Vec::new(), one) } else { (one, Vec::new()) };
            let device = Device { policies, group_policies, facts: self.device.facts.clone(), ..Device::default() };
            let device = CompiledDevice { device, activation: self.activation.clone(), ..CompiledDevice::default() };
            PolicyDecision { policy: policy.name.clone(), decision: device.can(request, context) }
        };
        let own = self.device.policies.iter().map(|policy| alone(policy, false));
        own.chain(self.device.group_policies.iter().map(|policy| alone(policy, true))).collect()
    }
}

/// The answer for a certificate that is not ACTIVE: AWS IoT does not let it connect, whatever the policies say.
#[cold]
fn inactive(reason: &str, decision: Decision) -> Decision {
    Decision {
        answer: Answer::Denied,
        denial: Some(Denial::Implicit),
        reason: reason.to_owned(),
        cause: Some(AccessCause::Inactive),
        statement: None,
        missing: Vec::new(),
        broker: decision.broker,
    }
}

/// The answer for a certificate that may not become ACTIVE. What the policies deny is denied in any case.
#[cold]
fn perhaps_inactive(reason: &str, decision: Decision) -> Decision {
    match decision.answer {
        Answer::Denied => decision,
        Answer::Allowed => Decision {
            answer: Answer::Unknown,
            reason: [&*decision.reason, " ", reason].concat(),
            cause: Some(AccessCause::Provisioning),
            ..decision
        },
        Answer::Unknown => Decision { reason: [&*decision.reason, " ", reason].concat(), ..decision },
    }
}
