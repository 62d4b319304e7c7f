//! Decides what happens to the thing, property by property, by `OverrideSettings` (rule R3.6).

use super::decision::{Decider, FinalThing};
use super::types::{ChangeOutcome, ChangedEntry, ChangedKind};
use crate::account::{AccountThing, Knowledge};
use crate::limits;
use crate::rules::{self, Basis};
use crate::template::overrides;
use crate::template::thing_resource::ThingResource;
use std::sync::Arc;

type AttributePairs = Vec<(Arc<str>, Arc<str>)>;

impl Decider<'_, '_> {
    /// The thing, and what it needs.
    pub fn thing(&mut self) {
        let desired = self.asked.desired;
        let (Some(declared), Some(name)) = (&self.asked.template.resources.thing, &desired.thing_name) else { return };
        let state = self.state;
        let mut thing = FinalThing {
            name: name.clone(),
            existed: false,
            type_name: Some(desired.type_name.clone()),
            attributes: Some(desired.attributes.clone()),
            groups: Some(distinct(&desired.groups)),
            billing_group: Some(desired.billing_group.clone()),
            new_type: desired.type_name.clone(),
            payload: None,
            joins: distinct(&desired.groups),
            leaves: Vec::new(),
            joins_billing: desired.billing_group.is_some(),
        };
        match state.account.things.get(name) {
            Knowledge::Exists(known) => {
                self.note(2, ChangedKind::Thing, name, ChangeOutcome::Unchanged, format!("The thing {name} exists."));
                thing.existed = true;
                self.type_of(declared, known, &mut thing);
                self.attributes_of(declared, known, &mut thing);
                self.groups_of(declared, known, &mut thing);
                self.billing_group_of(declared, known, &mut thing);
                self.limits_of(declared, &thing);
            }
            known => {
                if known == Knowledge::Unknown {
                    self.take(format!("The thing {name} does not exist yet."));
                }
                self.note(2, ChangedKind::Thing, name, ChangeOutcome::Created, format!("The thing {name} is created."));
            }
        }
        self.prerequisites(declared, &thing);
        self.decision.thing = Some(thing);
    }

    fn type_of(&mut self, declared: &ThingResource, known: &AccountThing, thing: &mut FinalThing) {
        thing.new_type = None;
        let Some(wanted) = self.asked.desired.type_name.clone() else {
            thing.type_name.clone_from(&known.type_name);
            return;
        };
        let before = known.type_name.clone();
        let same = before.as_ref().map(|before| before.as_ref() == Some(&wanted));
        let entry = ChangedEntry { name: "type".into(), before: before.clone().flatten(), after: Some(wanted.clone()) };
        let change = self.property(declared, "ThingTypeName", ChangedKind::ThingType, same, vec![entry]);
        match change {
            ChangeOutcome::Replaced => thing.new_type = Some(wanted),
            ChangeOutcome::Unknown => thing.type_name = None,
            ChangeOutcome::Unchanged => {}
            _ => thing.type_name = before,
        }
    }

    fn attributes_of(&mut self, declared: &ThingResource, known: &AccountThing, thing: &mut FinalThing) {
        let wanted = &self.asked.desired.attributes;
        if declared.attributes.is_empty() {
            thing.attributes.clone_from(&known.attributes);
            return;
        }
        let setting = declared.overrides.of("AttributePayload");
        let before = known.attributes.clone();
        let merged = before.as_ref().map(|before| merge(before, wanted));
        let is_merge = setting == Some("MERGE");
        let mut after = if is_merge { merged } else { Some(wanted.clone()) };
        if let Some(after) = &mut after {
            // UpdateThing removes an attribute that gets an empty value (its page says so).
            after.retain(|(_, value)| !value.is_empty());
        }
        let same = before.as_ref().zip(after.as_ref()).map(|(before, after)| same_pairs(before, after));
        let entries = differences(before.as_ref(), after.as_ref().unwrap_or(wanted));
        match self.property(declared, "AttributePayload", ChangedKind::Attributes, same, entries) {
            ChangeOutcome::Replaced | ChangeOutcome::Merged => {
                thing.payload = Some((wanted.clone(), is_merge));
                thing.attributes = after;
            }
            ChangeOutcome::Unknown => thing.attributes = None,
            _ => thing.attributes = before,
        }
    }

    fn groups_of(&mut self, declared: &ThingResource, known: &AccountThing, thing: &mut FinalThing) {
        thing.joins = Vec::new();
        let wanted = distinct(&self.asked.desired.groups);
        if declared.groups.is_empty() {
            thing.groups.clone_from(&known.groups);
            return;
        }
        let is_merge = declared.overrides.of("ThingGroups") == Some("MERGE");
        let before = known.groups.clone();
        let missing: Vec<Arc<str>> =
            wanted.iter().filter(|group| !before.iter().flatten().any(|known| known == *group)).cloned().collect();
        let surplus: Vec<Arc<str>> = before.iter().flatten().filter(|group| !wanted.contains(group)).cloned().collect();
        let same = before.as_ref().map(|_| missing.is_empty() && (is_merge || surplus.is_empty()));
        let entry = |name: &Arc<str>, joins: bool| ChangedEntry {
            name: name.clone(),
            before: (!joins).then(|| name.clone()),
            after: joins.then(|| name.clone()),
        };
        let leaves = surplus.iter().filter(|_| !is_merge).map(|name| entry(name, false));
        let entries = missing.iter().map(|name| entry(name, true)).chain(leaves).collect();
        match self.property(declared, "ThingGroups", ChangedKind::ThingGroups, same, entries) {
            ChangeOutcome::Replaced => {
                (thing.joins, thing.leaves, thing.groups) = (missing, surplus, Some(wanted));
            }
            ChangeOutcome::Merged => {
                thing.groups = before.map(|before| before.into_iter().chain(missing.iter().cloned()).collect());
                thing.joins = missing;
            }
            ChangeOutcome::Unknown => thing.groups = None,
            _ => thing.groups = before,
        }
    }

    /// A thing is in one billing group, and no setting says what happens to it.
    fn billing_group_of(&mut self, declared: &ThingResource, known: &AccountThing, thing: &mut FinalThing) {
        thing.joins_billing = false;
        let Some(wanted) = self.asked.desired.billing_group.clone() else {
            thing.billing_group.clone_from(&known.billing_group);
            return;
        };
        let entry = |before| vec![ChangedEntry { name: "billing group".into(), before, after: Some(wanted.clone()) }];
        match &known.billing_group {
            Some(Some(before)) if *before == wanted => {
                let sentence = format!("The thing is in the billing group {wanted} already.");
                self.note(2, ChangedKind::BillingGroup, &thing.name, ChangeOutcome::Unchanged, sentence);
            }
            Some(None) => {
                thing.joins_billing = true;
                let sentence = format!("The thing is added to the billing group {wanted}.");
                self.note(2, ChangedKind::BillingGroup, &thing.name, ChangeOutcome::Created, sentence);
                self.because(None, entry(None), Basis::Assumed);
            }
            before => {
                let sentence = match before {
                    None => format!("The billing group of the thing {} is not known.", thing.name),
                    _ => format!("The thing {} is in another billing group than {wanted}.", thing.name),
                };
                thing.billing_group = None;
                self.note(2, ChangedKind::BillingGroup, &thing.name, ChangeOutcome::Unknown, sentence);
                let entries = if before.is_some() { entry(before.clone().flatten()) } else { Vec::new() };
                self.because(None, entries, Basis::Assumed);
                let help = "AWS documents no setting for it. Change the billing group before the device connects.";
                self.report(&rules::OVERRIDE_OPEN, declared.billing_group.as_ref().map(|group| group.place), help);
            }
        }
    }

    /// What a setting makes of a property of a thing that exists. `same`: whether it has the template's value; `None` if that is not known.
    fn property(
        &mut self,
        declared: &ThingResource,
        name: &'static str,
        kind: ChangedKind,
        same: Option<bool>,
        entries: Vec<ChangedEntry>,
    ) -> ChangeOutcome {
        let setting = declared.overrides.of(name);
        let thing = self.asked.desired.thing_name.clone().unwrap_or_else(|| "".into());
        let (change, sentence) = match (setting, same) {
            (Some("FAIL"), Some(true)) => (
                ChangeOutcome::Unknown,
                format!(
                    "The thing {thing} has the template's {name} already, and whether the override FAIL stops it then is not documented."
                ),
            ),
            (_, Some(true)) => {
                (ChangeOutcome::Unchanged, format!("The thing {thing} has the template's {name} already."))
            }
            (Some("DO_NOTHING"), _) => (ChangeOutcome::Kept, format!("The thing {thing} keeps its {name}.")),
            (Some("REPLACE"), _) => {
                (ChangeOutcome::Replaced, format!("The template's {name} replaces that of the thing {thing}."))
            }
            (Some("MERGE"), _) => {
                (ChangeOutcome::Merged, format!("The template's {name} is merged into that of the thing {thing}."))
            }
            (Some("FAIL"), Some(false)) => (
                ChangeOutcome::Conflict,
                format!(
                    "The thing {thing} exists with another {name}, and the override is FAIL: ResourceConflictsException."
                ),
            ),
            (Some(_), None) => (
                ChangeOutcome::Unknown,
                format!("The {name} of the thing {thing} is not known, and the override is FAIL."),
            ),
            (None, Some(false)) | (Some(_), Some(false)) => (
                ChangeOutcome::Unknown,
                format!("The thing {thing} exists with another {name}, and the template has no override for it."),
            ),
            (None, None) => (
                ChangeOutcome::Unknown,
                format!("The {name} of the thing {thing} is not known, and the template has no override for it."),
            ),
        };
        self.note(2, kind, &thing, change, sentence);
        let basis = if change == ChangeOutcome::Merged { Basis::Assumed } else { Basis::Documented };
        // What differs from values that nobody told is not known.
        let entries = if same.is_some() { entries } else { Vec::new() };
        self.because(setting, entries, basis);
        match change {
            ChangeOutcome::Conflict => {
                let help = "Set the override REPLACE, MERGE or DO_NOTHING, or give each device another thing name.";
                let offer = (&declared.overrides, name, overrides::beside_fail(&overrides::THING, name));
                self.report_override(&rules::RESOURCE_CONFLICT, Some(declared.name.place), help, offer);
            }
            ChangeOutcome::Unknown => {
                let help = "Set an override: AWS documents no default.";
                let offer = (&declared.overrides, name, overrides::beside_fail(&overrides::THING, name));
                self.report_override(&rules::OVERRIDE_OPEN, Some(declared.name.place), help, offer);
            }
            _ => {}
        }
        change
    }

    /// AWS's limits, once more for what a merge makes.
    fn limits_of(&mut self, declared: &ThingResource, thing: &FinalThing) {
        let help = "Set the override REPLACE, or remove what is not needed from the thing.";
        let attributes = thing.attributes.as_ref().map_or(0, Vec::len);
        let merges = thing.payload.as_ref().is_some_and(|(_, merge)| *merge);
        let most = match &thing.type_name {
            Some(None) => limits::ATTRIBUTES_WITHOUT_TYPE,
            _ => limits::ATTRIBUTES_WITH_TYPE,
        };
        if merges && attributes > most {
            let sentence = format!("The thing {} would have {attributes} attributes; AWS allows {most}.", thing.name);
            self.note(2, ChangedKind::Attributes, &thing.name, ChangeOutcome::Conflict, sentence);
            let offer = (&declared.overrides, "AttributePayload", &["REPLACE"] as &[_]);
            self.report_override(&rules::MERGED_TOO_MANY, Some(declared.name.place), help, offer);
        }
        let groups = thing.groups.as_ref().map_or(0, Vec::len);
        if !thing.joins.is_empty() && thing.leaves.is_empty() && groups > limits::GROUPS_PER_THING {
            let sentence = format!(
                "The thing {} would be in {groups} groups; AWS allows {}.",
                thing.name,
                limits::GROUPS_PER_THING
            );
            self.note(2, ChangedKind::ThingGroups, &thing.name, ChangeOutcome::Conflict, sentence);
            let offer = (&declared.overrides, "ThingGroups", &["REPLACE"] as &[_]);
            self.report_override(&rules::MERGED_TOO_MANY, Some(declared.name.place), help, offer);
        }
    }

    /// What must exist: the type that the thing gets, the groups that it is added to.
    fn prerequisites(&mut self, declared: &ThingResource, thing: &FinalThing) {
        let (state, place) = (self.state, Some(declared.name.place));
        if let Some(name) = &thing.new_type {
            let known = state.account.thing_types.get(name);
            self.exists(ChangedKind::ThingType, "thing type", name, &known);
            match known {
                Knowledge::Exists(kind) if kind.is_deprecated == Some(true) => {
                    let sentence = format!("The thing type {name} is deprecated, so that no thing can get it.");
                    self.note(2, ChangedKind::ThingType, name, ChangeOutcome::Missing, sentence);
                    self.report(&rules::TYPE_DEPRECATED, place, "Undo the deprecation, or use another type.");
                }
                Knowledge::Exists(kind) if kind.is_deprecated.is_none() => {
                    self.take(format!("The thing type {name} is not deprecated."));
                }
                _ => {}
            }
        }
        for name in &thing.joins {
            let known = state.account.thing_groups.get(name);
            self.exists(ChangedKind::ThingGroups, "thing group", name, &known);
            match known {
                Knowledge::Exists(group) if group.is_dynamic == Some(true) => {
                    let sentence = format!("The thing group {name} is dynamic, so that no thing can be added to it.");
                    self.note(2, ChangedKind::ThingGroups, name, ChangeOutcome::Missing, sentence);
                    self.report(&rules::DYNAMIC_GROUP, place, "Use a static group.");
                }
                Knowledge::Exists(group) if group.is_dynamic.is_none() => {
                    self.take(format!("The thing group {name} is not dynamic."));
                }
                _ => {}
            }
        }
        if let Some(name) = self.asked.desired.billing_group.as_ref().filter(|_| thing.joins_billing) {
            let known = state.account.billing_groups.get(name);
            self.exists(ChangedKind::BillingGroup, "billing group", name, &known);
        }
    }

    fn exists<T>(&mut self, kind: ChangedKind, what: &str, name: &Arc<str>, known: &Knowledge<&T>) {
        match known {
            Knowledge::Exists(_) => {
                self.note(2, kind, name, ChangeOutcome::Unchanged, format!("The {what} {name} exists."));
            }
            Knowledge::Unknown => self.take(format!("The {what} {name} exists.")),
            Knowledge::Absent => {
                self.note(2, kind, name, ChangeOutcome::Missing, format!("The {what} {name} does not exist."));
                let place = self.asked.template.resources.thing.as_ref().map(|thing| thing.name.place);
                self.report(&rules::RESOURCE_MISSING, place, "Create it before the device connects.");
            }
        }
    }
}

fn distinct(names: &[Arc<str>]) -> Vec<Arc<str>> {
    let mut seen: Vec<Arc<str>> = Vec::with_capacity(names.len());
    for name in names {
        if !seen.contains(name) {
            seen.push(name.clone());
        }
    }
    seen
}

fn value_of<'p>(pairs: &'p AttributePairs, name: &str) -> Option<&'p Arc<str>> {
    pairs.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
}

/// What exists, with the template's values; those win.
fn merge(before: &AttributePairs, wanted: &AttributePairs) -> AttributePairs {
    let kept = before.iter().map(|(name, value)| (name.clone(), value_of(wanted, name).unwrap_or(value).clone()));
    let new = wanted.iter().filter(|(name, _)| value_of(before, name).is_none()).cloned();
    kept.chain(new).collect()
}

fn same_pairs(one: &AttributePairs, other: &AttributePairs) -> bool {
    one.len() == other.len() && one.iter().all(|(name, value)| value_of(other, name) == Some(value))
}

fn differences(before: Option<&AttributePairs>, after: &AttributePairs) -> Vec<ChangedEntry> {
    let none = AttributePairs::new();
    let before = before.unwrap_or(&none);
    let gone = before.iter().filter(|(name, _)| value_of(after, name).is_none());
    let gone = gone.map(|(name, value)| ChangedEntry { name: name.clone(), before: Some(value.clone()), after: None });
    let other = after.iter().filter(|(name, value)| value_of(before, name) != Some(value));
    let other = other.map(|(name, value)| ChangedEntry {
        name: name.clone(),
        before: value_of(before, name).cloned(),
        after: Some(value.clone()),
    });
    other.chain(gone).collect()
}
