//! An account as jitp writes it: AWS's names of members, and for each kind of resource what exists.

use super::state::{
    Account, AccountBillingGroup, AccountCa, AccountCertificate, AccountPolicy, AccountTemplate, AccountThing,
    AccountThingGroup, AccountThingType, KnownResources,
};
use serde::{Serialize, Serializer};
#[cfg(test)]
use std::collections::HashMap;

/// An account as JSON. A kind of which nothing is known is absent. A kind that is present is complete, unless `incomplete` names it. A
/// resource that is `null` does not exist.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountState<'a> {
    /// The Region that the resources are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub region: Option<&'a str>,
    /// The account's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub account_id: Option<&'a str>,
    /// Things by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountThing>>>"))]
    pub things: Option<&'a KnownResources<AccountThing>>,
    /// Device certificates by their IDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountCertificate>>>"))]
    pub certificates: Option<&'a KnownResources<AccountCertificate>>,
    /// Policies by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountPolicy>>>"))]
    pub policies: Option<&'a KnownResources<AccountPolicy>>,
    /// Thing types by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountThingType>>>"))]
    pub thing_types: Option<&'a KnownResources<AccountThingType>>,
    /// Thing groups by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountThingGroup>>>"))]
    pub thing_groups: Option<&'a KnownResources<AccountThingGroup>>,
    /// Billing groups by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountBillingGroup>>>"))]
    pub billing_groups: Option<&'a KnownResources<AccountBillingGroup>>,
    /// CA certificates by their IDs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountCa>>>"))]
    pub ca_certificates: Option<&'a KnownResources<AccountCa>>,
    /// Provisioning templates by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, Option<AccountTemplate>>>"))]
    pub provisioning_templates: Option<&'a KnownResources<AccountTemplate>>,
    /// The kinds of which there may be more resources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub incomplete: Vec<&'static str>,
}

impl<'a> AccountState<'a> {
    /// An account as it is written.
    pub fn of(account: &'a Account) -> Self {
        let mut incomplete = Vec::new();
        Self {
            region: account.region.as_deref(),
            account_id: account.account_id.as_deref(),
            things: told("things", &account.things, &mut incomplete),
            certificates: told("certificates", &account.certificates, &mut incomplete),
            policies: told("policies", &account.policies, &mut incomplete),
            thing_types: told("thingTypes", &account.thing_types, &mut incomplete),
            thing_groups: told("thingGroups", &account.thing_groups, &mut incomplete),
            billing_groups: told("billingGroups", &account.billing_groups, &mut incomplete),
            ca_certificates: told("caCertificates", &account.ca_certificates, &mut incomplete),
            provisioning_templates: told("provisioningTemplates", &account.provisioning_templates, &mut incomplete),
            incomplete,
        }
    }
}

/// The resources of a kind, if anything is known of them. Notes if there may be more.
fn told<'a, T>(
    kind: &'static str,
    known: &'a KnownResources<T>,
    incomplete: &mut Vec<&'static str>,
) -> Option<&'a KnownResources<T>> {
    if known.is_unknown() {
        return None;
    }
    if !known.is_complete {
        incomplete.push(kind);
    }
    Some(known)
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        AccountState::of(self).serialize(serializer)
    }
}

impl Account {
    /// The account as text, which [`Account::read`] reads.
    pub fn to_json(&self) -> String {
        // Texts, flags and maps with texts as keys can all be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}
