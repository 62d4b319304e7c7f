//! The requests of the AWS IoT API, as the service model has them.

use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A request, with the members that JITP sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Request {
    /// `RegisterCertificate`
    RegisterCertificate {
        /// The device certificate; absent if it cannot be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate_pem: Option<String>,
        /// Always `PENDING_ACTIVATION`.
        status: &'static str,
    },
    /// `CreateThing`
    CreateThing {
        /// The thing's name.
        thing_name: Arc<str>,
        /// Its type.
        #[serde(skip_serializing_if = "Option::is_none")]
        thing_type_name: Option<Arc<str>>,
        /// Its attributes.
        #[serde(
            rename = "attributePayload",
            skip_serializing_if = "Vec::is_empty",
            serialize_with = "attribute_payload"
        )]
        attributes: Vec<(Arc<str>, Arc<str>)>,
    },
    /// `DescribeThing`: a thing that exists and stays as it is.
    DescribeThing {
        /// The thing's name.
        thing_name: Arc<str>,
    },
    /// `UpdateThing`
    UpdateThing {
        /// The thing's name.
        thing_name: Arc<str>,
        /// Its new type.
        #[serde(skip_serializing_if = "Option::is_none")]
        thing_type_name: Option<Arc<str>>,
        /// Its new attributes.
        #[serde(skip_serializing_if = "Option::is_none")]
        attribute_payload: Option<AttributePayload>,
    },
    /// `RemoveThingFromThingGroup`
    RemoveThingFromThingGroup {
        /// The group.
        thing_group_name: Arc<str>,
        /// The thing.
        thing_name: Arc<str>,
    },
    /// `AddThingToThingGroup`
    AddThingToThingGroup {
        /// The group.
        thing_group_name: Arc<str>,
        /// The thing.
        thing_name: Arc<str>,
    },
    /// `AddThingToBillingGroup`
    AddThingToBillingGroup {
        /// The billing group.
        billing_group_name: Arc<str>,
        /// The thing.
        thing_name: Arc<str>,
    },
    /// `CreatePolicy`
    CreatePolicy {
        /// `<hash of the document>`: AWS does not say how it names the policy.
        policy_name: Arc<str>,
        /// The document.
        policy_document: Arc<str>,
    },
    /// `GetPolicy`: a policy that is named must exist.
    GetPolicy {
        /// The policy.
        policy_name: Arc<str>,
    },
    /// `AttachPolicy`
    AttachPolicy {
        /// The policy.
        policy_name: Arc<str>,
        /// The certificate's ARN.
        #[serde(skip_serializing_if = "Option::is_none")]
        target: Option<String>,
    },
    /// `AttachThingPrincipal`
    AttachThingPrincipal {
        /// The thing.
        thing_name: Arc<str>,
        /// The certificate's ARN.
        #[serde(skip_serializing_if = "Option::is_none")]
        principal: Option<String>,
        /// EXCLUSIVE_THING or NON_EXCLUSIVE_THING.
        #[serde(skip_serializing_if = "Option::is_none")]
        thing_principal_type: Option<Arc<str>>,
    },
    /// `UpdateCertificate`
    UpdateCertificate {
        /// The certificate ID.
        certificate_id: String,
        /// ACTIVE or INACTIVE.
        new_status: Arc<str>,
    },
    /// A call that is not made, or whose request cannot be known.
    Unknown {},
}

/// The attributes that a thing gets, and whether it keeps its others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributePayload {
    /// The attributes.
    #[serde(serialize_with = "as_map")]
    pub attributes: Vec<(Arc<str>, Arc<str>)>,
    /// Whether they are merged with those that the thing has.
    pub merge: bool,
}

fn attribute_payload<S: Serializer>(attributes: &[(Arc<str>, Arc<str>)], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Payload<'a> {
        #[serde(serialize_with = "as_map")]
        attributes: &'a [(Arc<str>, Arc<str>)],
    }
    Payload { attributes }.serialize(serializer)
}

/// Pairs as a JSON object, in their order.
pub fn as_map<S: Serializer, K: Serialize, V: Serialize>(pairs: &[(K, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}
