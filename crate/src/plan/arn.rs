//! ARNs of what a plan makes.

use super::DryRunOptions;
use crate::partition;
use crate::role;
use crate::template::TemplateOptions;

/// The partition, Region and account that a plan's ARNs lie in; `<region>` and `<account>` where nobody has said.
pub struct Arns {
    prefix: String,
}

impl Arns {
    /// From the options, and from the role's ARN for what they leave open.
    pub fn new(options: &DryRunOptions, template: &TemplateOptions, role_arn: Option<&str>) -> Self {
        let said = |own: &'_ Option<String>, other: &'_ Option<String>| {
            let said = own.iter().chain(other).find(|said| !said.is_empty());
            said.cloned()
        };
        let region = said(&options.region, &template.region);
        let region = region.as_deref();
        let partition =
            region.and_then(partition::of_region).unwrap_or_else(|| role_arn.map_or("aws", role::partition));
        let account = said(&options.account_id, &template.account_id);
        let account = account.as_deref().or_else(|| role_arn.and_then(role::account)).unwrap_or("<account>");
        Self { prefix: format!("arn:{partition}:iot:{}:{account}:", region.unwrap_or("<region>")) }
    }

    fn of(&self, kind: &str, name: &str) -> String {
        [self.prefix.as_str(), kind, "/", name].concat()
    }

    pub fn certificate(&self, id: &str) -> String {
        self.of("cert", id)
    }

    pub fn thing(&self, name: &str) -> String {
        self.of("thing", name)
    }

    pub fn thing_type(&self, name: &str) -> String {
        self.of("thingtype", name)
    }

    pub fn thing_group(&self, name: &str) -> String {
        self.of("thinggroup", name)
    }

    pub fn billing_group(&self, name: &str) -> String {
        self.of("billinggroup", name)
    }

    pub fn policy(&self, name: &str) -> String {
        self.of("policy", name)
    }
}
