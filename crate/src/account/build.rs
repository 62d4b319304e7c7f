//! Makes the account of what was told.

use super::kinds::Kind;
use super::state::{
    Account, AccountBillingGroup, AccountCa, AccountCertificate, AccountPolicy, AccountPrincipal, AccountTemplate,
    AccountThing, AccountThingGroup, AccountThingType, KnownResources,
};
use super::told::{Fact, Told, ToldResource};
use std::sync::Arc;

/// The members of one resource, each at its key.
struct Members<'t> {
    kind: Kind,
    resource: &'t ToldResource,
}

impl Members<'_> {
    fn fact(&self, key: &str) -> Option<&Fact> {
        let (fact, _) = self.resource.facts.get(self.kind.member(key)?)?.as_ref()?;
        Some(fact)
    }

    fn text(&self, key: &str) -> Option<Arc<str>> {
        match self.fact(key)? {
            Fact::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// A text, or none.
    fn optional(&self, key: &str) -> Option<Option<Arc<str>>> {
        self.fact(key).map(|_| self.text(key))
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.fact(key)? {
            Fact::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    fn names(&self, key: &str) -> Option<Vec<Arc<str>>> {
        match self.fact(key)? {
            Fact::Names(names) => Some(names.clone()),
            _ => None,
        }
    }

    fn texts(&self, key: &str) -> Option<Vec<(Arc<str>, Arc<str>)>> {
        match self.fact(key)? {
            Fact::Texts(texts) => Some(texts.clone()),
            _ => None,
        }
    }

    fn principals(&self, key: &str) -> Option<Vec<AccountPrincipal>> {
        match self.fact(key)? {
            Fact::Principals(principals) => Some(principals.clone()),
            _ => None,
        }
    }
}

fn known<T>(told: &Told, kind: Kind, of: fn(&Members) -> T) -> KnownResources<T> {
    let mut known = KnownResources::default();
    known.is_complete = !told.kind(kind).lists.is_empty();
    for resource in &told.kind(kind).resources {
        let members = Members { kind, resource };
        known.insert(resource.name.clone(), resource.exists.then(|| of(&members)));
    }
    known
}

/// The account, as far as it was told.
pub fn account(told: &Told, region: Option<Arc<str>>, account_id: Option<Arc<str>>) -> Account {
    Account {
        region,
        account_id,
        things: known(told, Kind::Things, |members| AccountThing {
            type_name: members.optional("thingTypeName"),
            attributes: members.texts("attributes"),
            groups: members.names("thingGroups"),
            billing_group: members.optional("billingGroupName"),
            principals: members.principals("principals"),
        }),
        certificates: known(told, Kind::Certificates, |members| AccountCertificate {
            status: members.text("status"),
            policies: members.names("policies"),
        }),
        policies: known(told, Kind::Policies, |members| AccountPolicy { document: members.text("policyDocument") }),
        thing_types: known(told, Kind::ThingTypes, |members| AccountThingType {
            is_deprecated: members.flag("deprecated"),
        }),
        thing_groups: known(told, Kind::ThingGroups, |members| AccountThingGroup {
            policies: members.names("policies"),
            parent: members.optional("parentGroupName"),
            is_dynamic: members.flag("dynamic"),
        }),
        billing_groups: known(told, Kind::BillingGroups, |_| AccountBillingGroup {}),
        ca_certificates: known(told, Kind::CaCertificates, |members| AccountCa {
            status: members.text("status"),
            auto_registration: members.text("autoRegistrationStatus"),
            mode: members.text("certificateMode"),
            template_name: members.optional("templateName"),
            template_body: members.optional("templateBody"),
        }),
        provisioning_templates: known(told, Kind::ProvisioningTemplates, |members| AccountTemplate {
            kind: members.text("type"),
            is_enabled: members.flag("enabled"),
            body: members.text("templateBody"),
        }),
    }
}
