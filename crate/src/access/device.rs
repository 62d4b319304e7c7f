//! A device as access sees it: its policies, its thing, its certificate, and where it connects.

use super::compile::CompiledPolicy;
use super::facts::DeviceFacts;
use super::request::RequestContext;
use super::values::Values;
use std::sync::Arc;

/// A device.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// The policies whose documents are known.
    pub policies: Vec<Arc<CompiledPolicy>>,
    /// The policies attached to the thing's groups, if they are known.
    pub group_policies: Vec<Arc<CompiledPolicy>>,
    /// The names of attached policies whose documents are not known.
    pub unseen: Vec<Arc<str>>,
    /// The thing groups whose policies are not known.
    pub groups: Vec<Arc<str>>,
    /// The facts that the policies ask for.
    pub facts: DeviceFacts,
}

impl Device {
    /// The client ID that a request is made with: the given one, else the thing's name, as AWS's samples have it.
    pub fn client_id<'a>(&'a self, context: &'a RequestContext) -> Option<&'a str> {
        context.client_id.as_deref().or_else(|| self.facts.thing.as_ref().map(|thing| &*thing.name))
    }

    /// The policies that count for a request, those of the groups only if the client ID can be the thing's name.
    pub fn counting<'d>(&'d self, values: &Values<'_>) -> impl Iterator<Item = &'d CompiledPolicy> + use<'d> {
        let groups = if self.groups_count(values) { &self.group_policies[..] } else { &[] };
        self.policies.iter().chain(groups).map(|policy| &**policy)
    }

    /// A group's policy takes effect only if the client ID is the thing's name.
    pub fn groups_count(&self, values: &Values<'_>) -> bool {
        let name = self.facts.thing.as_ref().map(|thing| &*thing.name);
        values.client_id.is_none_or(|id| name == Some(id))
    }

    /// Takes the Region, account and partition that are not given from the resources of the policies, so that a policy for one account
    /// can be evaluated without naming it again. Returns what was assumed, a sentence each.
    pub fn assume_location(&mut self) -> Vec<String> {
        let policies = self.policies.iter().chain(&self.group_policies);
        let mut written = policies.flat_map(|policy| policy.locations());
        let mut assumed = Vec::new();
        if let Some(found) = written
            .clone()
            .find_map(|location| location.partition.clone())
            .filter(|_| self.facts.location.partition.is_none())
        {
            self.facts.location.partition = Some(found);
        }
        if self.facts.location.region.is_none()
            && let Some(region) = written.clone().find_map(|location| location.region.clone())
        {
            assumed.push(format!("The Region is assumed to be {region}, which the policy names."));
            self.facts.location.region = Some(region);
        }
        if self.facts.location.account.is_none()
            && let Some(account) = written.find_map(|location| location.account.clone())
        {
            assumed.push(format!("The account is assumed to be {account}, which the policy names."));
            self.facts.location.account = Some(account);
        }
        if self.facts.location.partition.is_none() {
            self.facts.location.partition = Some("aws".into());
        }
        assumed
    }
}
