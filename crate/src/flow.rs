//! The provisioning flow that a template is checked for, and what they are told besides the text.

use serde::{Deserialize, Serialize};

/// A way in which AWS IoT provisions devices from a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Just-in-time provisioning: the device's first connection fills the template from its certificate.
    #[default]
    Jitp,
    /// Fleet provisioning: the device, or an app, calls `RegisterThing` over MQTT with parameters.
    Fleet,
    /// Single-thing and bulk provisioning: somebody calls `RegisterThing` or `StartThingRegistrationTask` with parameters.
    RegisterThing,
}

impl Flow {
    /// As options write it.
    pub fn word(self) -> &'static str {
        match self {
            Flow::Jitp => "jitp",
            Flow::Fleet => "fleet",
            Flow::RegisterThing => "register-thing",
        }
    }

    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Flow::Jitp => "JITP",
            Flow::Fleet => "fleet provisioning",
            Flow::RegisterThing => "provisioning by RegisterThing, single or in bulk",
        }
    }
}

/// The value of an option. An empty option is an absent one.
pub fn said(option: &Option<String>) -> Option<&str> {
    option.as_deref().filter(|said| !said.is_empty())
}

/// Options of a check, besides the text.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, rename_all = "camelCase"))]
pub struct TemplateOptions {
    /// The flow to check for.
    pub flow: Flow,
    /// The AWS Region that the devices connect to, for the ARNs in policies.
    pub region: Option<String>,
    /// The AWS account that the devices connect to; without it the role's account is taken.
    pub account_id: Option<String>,
}
