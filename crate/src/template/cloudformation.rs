//! Recognises a CloudFormation template instead of a provisioning template (rule R1.5).

use super::names::Declared;
use super::resource_types::near_type;
use crate::check::{Context, get_as_meant, quoted};
use crate::diagnostic::Finding;
use crate::input::other_flow::refers;
use crate::limits::PREDEFINED_PREFIX;
use crate::rules;
use crate::source::{Member, Node};
use crate::vocabulary::{CLOUDFORMATION_ONLY, RESOURCE_KEYS, TYPES};

/// Reports a CloudFormation template, once; returns whether it is one.
pub fn report(context: &mut Context, body: &Node, declared: &Declared) -> bool {
    let members = body.as_object().unwrap_or_default();
    let key = members.iter().find(|member| CLOUDFORMATION_ONLY.contains(&member.key.as_str()));
    let foreign = declared.iter().find(|(_, kind, _)| kind.as_deref().is_some_and(is_foreign_type));
    let (place, what) = match (key, foreign) {
        (Some(member), _) => (member.key_place, quoted(&member.key)),
        (None, Some((_, kind, place))) => {
            (*place, format!("A resource of type {}", quoted(kind.as_deref().unwrap_or_default())))
        }
        (None, None) => return false,
    };
    if is_provisioning(body) {
        return false;
    }
    let message = format!("{what} marks a CloudFormation template, not a provisioning template.");
    context.report(Finding::new(&rules::CLOUDFORMATION, place, message).help(
        "In CloudFormation a provisioning template is the TemplateBody of an AWS::IoT::ProvisioningTemplate or of an \
         AWS::IoT::CACertificate's RegistrationConfig.",
    ));
    true
}

/// Whether a type is one of CloudFormation's that no provisioning template can have, and no slip for one that it can.
fn is_foreign_type(kind: &str) -> bool {
    kind.starts_with("AWS::") && !TYPES.contains(&kind) && near_type(kind).is_none()
}

/// Whether a body has what CloudFormation does not: a parameter with colons in its name, or a property or key of its own.
#[cold]
fn is_provisioning(body: &Node) -> bool {
    let section = |key: &str| get_as_meant(body, key).and_then(Node::as_object).unwrap_or_default();
    let own = |member: &Member| {
        let properties = member.value.get("Properties");
        let has = |key: &str| properties.is_some_and(|properties| properties.get(key).is_some());
        member.value.get(RESOURCE_KEYS[2]).is_some() || has("CertificateId") || has("ThingGroups")
    };
    section("Parameters").iter().any(|member| member.key.contains("::"))
        || section("Resources").iter().any(own)
        || refers(body, &|name| name.starts_with(PREDEFINED_PREFIX))
}
