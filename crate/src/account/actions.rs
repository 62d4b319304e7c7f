//! The actions whose outputs are read, and how an output is told that does not say what it is.

use super::kinds::Kind;
use crate::check::same_but_spelling;

/// An action whose output is read.
pub struct AccountAction {
    /// Its name in the API.
    pub name: &'static str,
    /// The kind of resource that it is about.
    pub kind: Kind,
    /// The key that its output has. For a list, the key of the list.
    pub key: &'static str,
    /// The member of the request that says which resource it is about; empty for a list of all.
    pub request: &'static str,
    /// What its output is.
    pub form: OutputForm,
}

/// What an output is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OutputForm {
    /// One resource.
    Described,
    /// All resources of a kind.
    Listed,
    /// What one resource has: the member with this key, and the kind of the resources in it.
    Had(&'static str, Option<Kind>),
    /// The things to which a principal is attached.
    Things,
}

const fn described(name: &'static str, kind: Kind, key: &'static str) -> AccountAction {
    AccountAction { name, kind, key, request: key, form: OutputForm::Described }
}

const fn listed(name: &'static str, kind: Kind, key: &'static str) -> AccountAction {
    AccountAction { name, kind, key, request: "", form: OutputForm::Listed }
}

const fn had(
    name: &'static str,
    kind: Kind,
    key: &'static str,
    request: &'static str,
    form: OutputForm,
) -> AccountAction {
    AccountAction { name, kind, key, request, form }
}

/// The actions. An output that does not name its action is that of the first whose key it has, so that a key that is in other outputs,
/// too, comes after theirs. [`super::read`] tells apart lists with the same key.
pub const ACTIONS: [AccountAction; 22] = [
    described("DescribeThing", Kind::Things, "thingName"),
    described("GetPolicy", Kind::Policies, "policyName"),
    described("DescribeThingGroup", Kind::ThingGroups, "thingGroupName"),
    described("DescribeBillingGroup", Kind::BillingGroups, "billingGroupName"),
    described("DescribeThingType", Kind::ThingTypes, "thingTypeName"),
    described("DescribeProvisioningTemplate", Kind::ProvisioningTemplates, "templateName"),
    had("DescribeCertificate", Kind::Certificates, "certificateDescription", "certificateId", OutputForm::Described),
    had(
        "DescribeCACertificate",
        Kind::CaCertificates,
        "certificateDescription",
        "certificateId",
        OutputForm::Described,
    ),
    had("ListThingPrincipals", Kind::Things, "principals", "thingName", OutputForm::Had("principals", None)),
    had(
        "ListThingPrincipalsV2",
        Kind::Things,
        "thingPrincipalObjects",
        "thingName",
        OutputForm::Had("principals", None),
    ),
    had("ListPrincipalThingsV2", Kind::Certificates, "principalThingObjects", "principal", OutputForm::Things),
    had(
        "ListThingGroupsForThing",
        Kind::Things,
        "thingGroups",
        "thingName",
        OutputForm::Had("thingGroups", Some(Kind::ThingGroups)),
    ),
    had(
        "ListAttachedPolicies",
        Kind::Certificates,
        "policies",
        "target",
        OutputForm::Had("policies", Some(Kind::Policies)),
    ),
    had("ListPrincipalThings", Kind::Certificates, "things", "principal", OutputForm::Things),
    listed("ListThings", Kind::Things, "things"),
    listed("ListCertificates", Kind::Certificates, "certificates"),
    listed("ListPolicies", Kind::Policies, "policies"),
    listed("ListThingTypes", Kind::ThingTypes, "thingTypes"),
    listed("ListThingGroups", Kind::ThingGroups, "thingGroups"),
    listed("ListBillingGroups", Kind::BillingGroups, "billingGroups"),
    listed("ListCACertificates", Kind::CaCertificates, "certificates"),
    listed("ListProvisioningTemplates", Kind::ProvisioningTemplates, "templates"),
];

/// The action with this name, as the API or the AWS CLI writes it.
pub fn by_name(name: &str) -> Option<&'static AccountAction> {
    ACTIONS.iter().find(|action| same_but_spelling(action.name, name))
}

/// The action with this form and key.
pub fn with_key(key: &str, is_list: bool) -> Option<&'static AccountAction> {
    ACTIONS.iter().find(|action| action.key == key && (action.form == OutputForm::Listed) == is_list)
}

/// What the resource is that an ARN names: `cert/…`, `thinggroup/…`. Empty if it is not an ARN.
pub fn resource_of(arn: &str) -> &str {
    arn.splitn(6, ':').nth(5).unwrap_or_default()
}
