//! What an account tells of a device's access: its policies, those of its thing's groups, and the thing as it will be.

use super::decision::{AccountDecision, Question};
use super::evolving::EvolvingAccount;
use crate::access::{Device, DeviceThing};
use crate::account::Knowledge;
use crate::certificate::known::UNKNOWN_ID;
use crate::flow::TemplateOptions;
use std::collections::HashSet;
use std::sync::Arc;

/// Stands for the policies of groups that nobody told.
const EARLIER_GROUPS: &str = "that the thing is in already";
/// Stands for the policies of a certificate that nobody told.
const EARLIER_POLICIES: &str = "that is attached to the certificate already";

impl EvolvingAccount {
    /// Adds what the account tells of the device that a plan provisions. `of_groups`: whether the policies of groups are not given otherwise.
    #[cold]
    pub fn complete(
        &mut self,
        device: &mut Device,
        (asked, decision): (Question<'_>, &AccountDecision),
        options: &TemplateOptions,
        of_groups: bool,
    ) {
        if decision.is_registered || decision.may_be_registered {
            return self.registered(device, asked, options, of_groups);
        }
        self.look_up(device, options);
        if let Some(Knowledge::Exists(known)) = asked.id.map(|id| self.account.certificates.get(id)) {
            let earlier = known.policies.clone();
            self.attached(device, earlier, options);
        }
        let Some(thing) = &decision.thing else { return };
        if let Some(known) = &mut device.facts.thing {
            known.type_name = thing.type_name.clone().unwrap_or_else(|| Some(UNKNOWN_ID.into()));
            match &thing.attributes {
                Some(attributes) => known.attributes.clone_from(attributes),
                None => known.attributes.iter_mut().for_each(|(_, value)| *value = UNKNOWN_ID.into()),
            }
        }
        if of_groups {
            self.groups(device, thing.groups.as_deref(), options);
        }
    }

    /// Looks up the documents of policies that the template only names.
    fn look_up(&mut self, device: &mut Device, options: &TemplateOptions) {
        for name in std::mem::take(&mut device.unseen) {
            match self.policy(&name, options) {
                Some(policy) => device.policies.push(policy),
                None => device.unseen.push(name),
            }
        }
    }

    fn attached(&mut self, device: &mut Device, names: Option<Vec<Arc<str>>>, options: &TemplateOptions) {
        let Some(names) = names else { return device.unseen.push(EARLIER_POLICIES.into()) };
        for name in names {
            match self.policy(&name, options) {
                Some(policy) if !device.policies.iter().any(|known| known.name == name) => device.policies.push(policy),
                None if !device.unseen.contains(&name) => device.unseen.push(name),
                _ => {}
            }
        }
    }

    /// The policies of groups and of those above them.
    fn groups(&mut self, device: &mut Device, names: Option<&[Arc<str>]>, options: &TemplateOptions) {
        device.groups.clear();
        let Some(names) = names else { return device.groups.push(EARLIER_GROUPS.into()) };
        // Each group once: those of the thing in their order, then those above them.
        let mut open = names.to_vec();
        let mut listed: HashSet<Arc<str>> = open.iter().cloned().collect();
        let mut next = 0;
        while let Some(name) = open.get(next).cloned() {
            next += 1;
            let known = match self.account.thing_groups.get(&name) {
                // A dynamic group has neither policies nor a group above it.
                Knowledge::Exists(group) if group.is_dynamic == Some(true) => Some((Some(Vec::new()), Some(None))),
                Knowledge::Exists(group) => Some((group.policies.clone(), group.parent.clone())),
                Knowledge::Absent | Knowledge::Unknown => None,
            };
            let (policies, parent) = known.unwrap_or_default();
            let is_told = policies.is_some() && parent.is_some();
            let mut is_read = true;
            for policy in policies.into_iter().flatten() {
                match self.policy(&policy, options) {
                    Some(policy) => device.group_policies.push(policy),
                    None => is_read = false,
                }
            }
            open.extend(parent.flatten().filter(|parent| listed.insert(parent.clone())));
            if !is_told || !is_read {
                device.groups.push(name);
            }
        }
    }

    /// A device that is registered already has what the account says, whatever the template has.
    fn registered(&mut self, device: &mut Device, asked: Question<'_>, options: &TemplateOptions, of_groups: bool) {
        let id = asked.id.unwrap_or_default();
        device.policies.clear();
        device.unseen.clear();
        let known = match self.account.certificates.get(id) {
            Knowledge::Exists(known) => known.policies.clone(),
            Knowledge::Absent | Knowledge::Unknown => None,
        };
        self.attached(device, known, options);
        let Some((name, exclusive)) = self.things_of(id).first().cloned() else {
            // It may be attached to a thing that nobody told.
            if self.tells_attachments() {
                device.facts.thing = None;
                device.groups.clear();
            } else if of_groups {
                self.groups(device, None, options);
            }
            return;
        };
        let thing = self.thing(&name).cloned().unwrap_or_default();
        let unknown = || Some(UNKNOWN_ID.into());
        device.facts.thing = Some(DeviceThing {
            name,
            type_name: thing.type_name.unwrap_or_else(unknown),
            attributes: thing.attributes.unwrap_or_default(),
            exclusive,
            attached: true,
        });
        if of_groups {
            self.groups(device, thing.groups.as_deref(), options);
        }
    }
}
