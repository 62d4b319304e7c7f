//! What an AWS account has already, as far as somebody told: the resources that provisioning finds, makes or needs.

use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::sync::Arc;

/// What is known of an account in one Region. The default knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The Region that the resources are in.
    pub region: Option<Arc<str>>,
    /// The account's number.
    pub account_id: Option<Arc<str>>,
    /// Things by their names.
    pub things: KnownResources<AccountThing>,
    /// Device certificates by their IDs.
    pub certificates: KnownResources<AccountCertificate>,
    /// Policies by their names.
    pub policies: KnownResources<AccountPolicy>,
    /// Thing types by their names.
    pub thing_types: KnownResources<AccountThingType>,
    /// Thing groups by their names.
    pub thing_groups: KnownResources<AccountThingGroup>,
    /// Billing groups by their names.
    pub billing_groups: KnownResources<AccountBillingGroup>,
    /// CA certificates by their IDs.
    pub ca_certificates: KnownResources<AccountCa>,
    /// Provisioning templates by their names.
    pub provisioning_templates: KnownResources<AccountTemplate>,
}

/// The resources of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownResources<T> {
    /// In the order in which they were told. `None`: it does not exist.
    listed: Vec<(Arc<str>, Option<T>)>,
    positions: HashMap<Arc<str>, usize>,
    /// Whether there are no others.
    pub is_complete: bool,
}

/// What is known of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge<T> {
    /// It exists.
    Exists(T),
    /// It does not exist.
    Absent,
    /// Nobody told.
    Unknown,
}

impl<T: Serialize> Serialize for KnownResources<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<T> Default for KnownResources<T> {
    fn default() -> Self {
        Self { listed: Vec::new(), positions: HashMap::new(), is_complete: false }
    }
}

impl<T> KnownResources<T> {
    /// What is known of the resource with this name.
    pub fn get(&self, name: &str) -> Knowledge<&T> {
        match self.positions.get(name).and_then(|at| self.listed.get(*at)) {
            Some((_, Some(resource))) => Knowledge::Exists(resource),
            Some((_, None)) => Knowledge::Absent,
            None if self.is_complete => Knowledge::Absent,
            None => Knowledge::Unknown,
        }
    }

    /// The resource with this name, to change it. `None` unless it exists.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = *self.positions.get(name)?;
        self.listed.get_mut(at)?.1.as_mut()
    }

    /// Says that a resource exists, or that it does not; what was said before is replaced.
    pub fn insert(&mut self, name: Arc<str>, resource: Option<T>) {
        match self.positions.get(&name).and_then(|at| self.listed.get_mut(*at)) {
            Some(known) => known.1 = resource,
            None => {
                self.positions.insert(name.clone(), self.listed.len());
                self.listed.push((name, resource));
            }
        }
    }

    /// Takes back what was said of a resource. Others may exist then: that a kind is complete cannot be said without one of them.
    pub fn forget(&mut self, name: &str) {
        self.is_complete = false;
        let Some(at) = self.positions.remove(name) else { return };
        self.listed.remove(at);
        for position in self.positions.values_mut().filter(|position| **position > at) {
            *position -= 1;
        }
    }

    /// All that was told, in its order. `None`: it does not exist.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, Option<&T>)> {
        self.listed.iter().map(|(name, resource)| (name, resource.as_ref()))
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.listed.is_empty() && !self.is_complete
    }
}

/// A thing. A member is `None` if nobody told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountThing {
    /// The name of its type, or none.
    #[serde(rename = "thingTypeName", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<Option<String>>", optional = nullable))]
    pub type_name: Option<Option<Arc<str>>>,
    /// Its attributes.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_map")]
    #[cfg_attr(test, ts(as = "Option<HashMap<String, String>>"))]
    pub attributes: Option<Vec<(Arc<str>, Arc<str>)>>,
    /// The names of its groups.
    #[serde(rename = "thingGroups", skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Arc<str>>>,
    /// The name of its billing group, or none.
    #[serde(rename = "billingGroupName", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<Option<String>>", optional = nullable))]
    pub billing_group: Option<Option<Arc<str>>>,
    /// The principals that are attached to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principals: Option<Vec<AccountPrincipal>>,
}

/// A principal that is attached to a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountPrincipal {
    /// Its ARN. That of a certificate ends in `cert/` and the certificate ID.
    pub principal: Arc<str>,
    /// Whether it is attached as `EXCLUSIVE_THING`. `None` if nobody told.
    #[serde(rename = "thingPrincipalType", skip_serializing_if = "Option::is_none", serialize_with = "principal_type")]
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub is_exclusive: Option<bool>,
}

/// A device certificate. A member is `None` if nobody told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountCertificate {
    /// `ACTIVE`, `INACTIVE`, `PENDING_ACTIVATION`, `REVOKED` and so on, as AWS writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Arc<str>>,
    /// The names of the policies that are attached to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<Arc<str>>>,
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountPolicy {
    /// Its document as a text. `None` if nobody told it.
    #[serde(rename = "policyDocument", skip_serializing_if = "Option::is_none")]
    pub document: Option<Arc<str>>,
}

/// A thing type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountThingType {
    /// Whether it is deprecated, so that no thing can get it. `None` if nobody told.
    #[serde(rename = "deprecated", skip_serializing_if = "Option::is_none")]
    pub is_deprecated: Option<bool>,
}

/// A thing group. A member is `None` if nobody told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountThingGroup {
    /// The names of the policies that are attached to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<Arc<str>>>,
    /// The name of the group above it, or none. The policies of that one count for its things, too.
    #[serde(rename = "parentGroupName", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<Option<String>>", optional = nullable))]
    pub parent: Option<Option<Arc<str>>>,
    /// Whether it is a dynamic group, to which no thing can be added by name.
    #[serde(rename = "dynamic", skip_serializing_if = "Option::is_none")]
    pub is_dynamic: Option<bool>,
}

/// A billing group. Nothing else of it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountBillingGroup {}

/// A registered CA certificate. A member is `None` if nobody told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountCa {
    /// `ACTIVE` or `INACTIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Arc<str>>,
    /// `ENABLE` or `DISABLE`.
    #[serde(rename = "autoRegistrationStatus", skip_serializing_if = "Option::is_none")]
    pub auto_registration: Option<Arc<str>>,
    /// `DEFAULT` or `SNI_ONLY`.
    #[serde(rename = "certificateMode", skip_serializing_if = "Option::is_none")]
    pub mode: Option<Arc<str>>,
    /// The name of the provisioning template that it refers to, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<Option<String>>", optional = nullable))]
    pub template_name: Option<Option<Arc<str>>>,
    /// The body of the template in its registration config, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<Option<String>>", optional = nullable))]
    pub template_body: Option<Option<Arc<str>>>,
}

/// A provisioning template. A member is `None` if nobody told it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct AccountTemplate {
    /// `JITP` or `FLEET_PROVISIONING`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Arc<str>>,
    /// Whether it is enabled.
    #[serde(rename = "enabled", skip_serializing_if = "Option::is_none")]
    pub is_enabled: Option<bool>,
    /// Its body.
    #[serde(rename = "templateBody", skip_serializing_if = "Option::is_none")]
    pub body: Option<Arc<str>>,
}

/// Pairs as a map of JSON. Absent ones are skipped before.
fn as_map<S: Serializer>(pairs: &Option<Vec<(Arc<str>, Arc<str>)>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().flatten().map(|(name, value)| (name, value)))
}

/// As the API writes it.
fn principal_type<S: Serializer>(is_exclusive: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *is_exclusive == Some(true) { EXCLUSIVE } else { NON_EXCLUSIVE })
}

/// A principal that is attached to one thing only.
pub const EXCLUSIVE: &str = "EXCLUSIVE_THING";
/// A principal that can be attached to several things.
pub const NON_EXCLUSIVE: &str = "NON_EXCLUSIVE_THING";
