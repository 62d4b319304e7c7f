//! What the device may do once it is provisioned: the plan's device, for the evaluator, and its answers.

use super::evaluate::Desired;
use super::types::{Access, AccessUse, DryRunOptions};
use crate::access::{
    Answer, CertificateValues, CompiledDevice, CompiledPolicy, Decision, Device, DeviceFacts, DeviceLocation,
    DeviceRequest, DeviceThing, RequestContext, Verb, compile_policy, read_policy,
};
use crate::arn;
use crate::certificate::KnownCertificate;
use crate::flow::said;
use crate::partition;
use crate::template::Template;
use crate::template::policy_resource::PolicyKind;
use std::sync::Arc;

/// Documents that the template only names, and those of thing groups, as the options give them. Read once for all devices.
#[derive(Default)]
pub struct GivenPolicies {
    named: Vec<Arc<CompiledPolicy>>,
    of_groups: Option<Vec<Arc<CompiledPolicy>>>,
}

impl GivenPolicies {
    /// Reads the documents.
    pub fn read(template: &Template, options: &DryRunOptions) -> Self {
        let read = |name: &Arc<str>, text: &str| {
            Arc::new(read_policy(name.clone(), text.as_bytes(), &template.context.options).policy)
        };
        Self {
            named: options.policies.iter().map(|(name, text)| read(name, text)).collect(),
            of_groups: options
                .group_policies
                .as_ref()
                .map(|given| given.iter().map(|(name, text)| read(name, text)).collect()),
        }
    }
}

/// The device that a plan provisions.
pub struct PlannedDevice {
    compiled: CompiledDevice,
    /// The status that the template gives its certificate.
    status: Option<Arc<str>>,
}

impl PlannedDevice {
    /// Puts the device together. The certificate is `None` if AWS issues it.
    pub fn new(
        template: &Template,
        desired: &Desired,
        known: Option<KnownCertificate<'_>>,
        options: &DryRunOptions,
        given: &GivenPolicies,
    ) -> Self {
        let mut device = Device::default();
        for (index, resource) in template.resources.policies.iter().enumerate() {
            let Some(policy) = desired.policies.iter().find(|policy| policy.logical_name == resource.logical_name)
            else {
                continue;
            };
            match (&resource.kind, &resource.compiled, &policy.document) {
                (PolicyKind::Named(_), ..) => match given.named.iter().rev().find(|known| known.name == policy.name) {
                    Some(known) => device.policies.push(known.clone()),
                    None => device.unseen.push(policy.name.clone()),
                },
                (PolicyKind::Document(property), compiled, Some(text)) => {
                    // What functions make for this device comes before what the template knows of it.
                    let evaluated = desired.documents.get(index).and_then(|evaluated| evaluated.compiled.as_ref());
                    let written = compiled.as_ref().filter(|_| property.value.literal().is_some());
                    device.policies.push(match evaluated.or(written) {
                        Some(compiled) => compiled.clone(),
                        None => {
                            let span = Some(template.context.sources.locate(property.place));
                            Arc::new(compile_policy(policy.logical_name.clone(), text, &template.context.options, span))
                        }
                    });
                }
                _ => {}
            }
        }
        match &given.of_groups {
            Some(policies) => device.group_policies.clone_from(policies),
            None => device.groups.clone_from(&desired.groups),
        }
        device.facts = facts(template, desired, options);
        if let Some(known) = known
            && device.policies.iter().chain(&device.group_policies).any(|policy| policy.asks_for_certificate)
        {
            device.facts.certificate = Some(CertificateValues::of(known));
        }
        let assumed = device.assume_location();
        let compiled = CompiledDevice { device, assumed, ..CompiledDevice::default() };
        Self { compiled, status: desired.status.clone() }
    }

    /// Says the status of its certificate, whatever the template has.
    #[cold]
    pub fn set_status(&mut self, status: Option<Arc<str>>) {
        self.status = status;
    }

    /// Whether its certificate has a status with which AWS IoT refuses it.
    fn is_off(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status != "ACTIVE")
    }

    /// The device by itself, and the status that its certificate is to have.
    pub fn into_compiled(self) -> (CompiledDevice, Option<Arc<str>>) {
        (self.compiled, self.status)
    }

    /// The device, to complete what is known of it.
    pub fn device_mut(&mut self) -> &mut Device {
        &mut self.compiled.device
    }

    /// The device, for the evaluator.
    pub fn device(&self) -> &Device {
        &self.compiled.device
    }

    /// How the device connects: as the options say, else as AWS's samples do.
    pub fn context(options: &DryRunOptions) -> RequestContext {
        RequestContext { client_id: said(&options.client_id).map(str::to_owned), ..RequestContext::default() }
    }

    /// The client ID that the device connects with, if it is known.
    pub fn client_id<'a>(&'a self, context: &'a RequestContext) -> Option<&'a str> {
        self.compiled.device.client_id(context)
    }

    /// Whether the device can connect, and what the policies say of that.
    pub fn connects(&self, context: &RequestContext) -> (Answer, Decision) {
        let decision = self.compiled.device.can(&DeviceRequest::new(Verb::Connect, ""), context);
        let refused = self.is_off() || !decision.broker.is_empty();
        (if refused { Answer::Denied } else { decision.answer }, decision)
    }

    /// What the policies are for: a device that only makes calls need not connect.
    pub fn protocol(&self) -> AccessUse {
        let policies = || self.compiled.device.policies.iter().chain(&self.compiled.device.group_policies);
        if !self.compiled.device.unseen.is_empty() || policies().any(|policy| policy.allows_mqtt || !policy.is_readable)
        {
            AccessUse::Mqtt
        } else if policies().any(|policy| policy.allows_https) {
            AccessUse::Https
        } else {
            AccessUse::Nothing
        }
    }

    /// All that the plan says of access.
    pub fn access(&self, options: &DryRunOptions) -> Access {
        let context = Self::context(options);
        let (connects, connect) = self.connects(&context);
        let over = self.protocol();
        let client_id = self.compiled.device.client_id(&context);
        let rights = self.compiled.device.rights(&context);
        Access {
            connects,
            headline: self.headline((connects, over), &connect, client_id),
            over,
            context: self.compiled.context(&context),
            connect,
            may: rights.may,
            more: rights.more,
            first_minute: Vec::new(),
            isolation: None,
        }
    }

    /// The answer in a sentence, for the plan's summary.
    pub fn headline(
        &self,
        (connects, over): (Answer, AccessUse),
        connect: &Decision,
        client_id: Option<&str>,
    ) -> String {
        let name = client_id.map_or_else(String::new, |id| [" as ", id].concat());
        if self.is_off() {
            return "It cannot connect before somebody sets its certificate to ACTIVE.".to_owned();
        }
        match (connects, over) {
            (Answer::Allowed, _) => format!("It can connect{name}."),
            (Answer::Denied, AccessUse::Https) => {
                "It can make HTTPS calls; nothing allows it to connect over MQTT.".to_owned()
            }
            (Answer::Denied, _) => {
                let why = connect.broker.first().unwrap_or(&connect.reason);
                format!("It cannot connect{name}: {why}")
            }
            (Answer::Unknown, _) => format!("It is not known whether it can connect{name}: {}", connect.reason),
        }
    }
}

fn facts(template: &Template, desired: &Desired, options: &DryRunOptions) -> DeviceFacts {
    let [region, account] = template.location(options);
    let role = template.document.role_arn.as_deref();
    let partition = region.and_then(partition::of_region).or(role.map(arn::partition));
    DeviceFacts {
        thing: desired.thing_name.as_ref().map(|name| DeviceThing {
            name: name.clone(),
            type_name: desired.type_name.clone(),
            attributes: desired.attributes.clone(),
            exclusive: desired.principal_type.as_deref() == Some("EXCLUSIVE_THING"),
            attached: true,
        }),
        certificate: None,
        location: DeviceLocation {
            partition: partition.map(Arc::from),
            region: region.map(Arc::from),
            account: account.map(Arc::from),
        },
    }
}
