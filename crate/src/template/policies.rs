//! What the policies of a template come to together.

use super::expression::Expression;
use super::names::{CertificateField, DeclaredNames};
use super::policy_resource::PolicyKind;
use super::resources::Resources;
use super::thing_resource::ThingResource;
use crate::check::{Context, nearest, quoted};
use crate::diagnostic::{Edits, Finding};
use crate::limits;
use crate::policy::{Actions, DependentAction, PolicyFacts, ThingValue, ThingValueUse};
use crate::rules;
use crate::source::{SourceMap, SourceRange};

/// Checks the policies of a template together. If one is only named, or could not be read, the outcome is unknown.
pub fn report_together(context: &mut Context, names: &DeclaredNames, resources: &Resources) {
    let facts: Option<Vec<&PolicyFacts>> = resources.policies.iter().map(|policy| policy.facts.as_ref()).collect();
    let Some(facts) = facts.filter(|facts| !facts.is_empty()) else { return };
    for finding in together(&context.sources, names, resources, &facts) {
        context.report(finding);
    }
}

/// What the policies come to together. `facts` has those of every policy of the template.
pub fn together(
    sources: &SourceMap,
    names: &DeclaredNames,
    resources: &Resources,
    facts: &[&PolicyFacts],
) -> Vec<Finding> {
    let mut found = Vec::new();
    let allowed = Actions(facts.iter().fold(0, |sum, facts| sum | facts.allowed.0));
    if !allowed.has(Actions::CONNECT) {
        found.extend(report_no_connect(resources, facts, allowed));
    }
    report_thing_values(sources, resources, facts, &mut found);
    for dependent in facts.iter().flat_map(|facts| &facts.dependents) {
        if !allowed.has(dependent.needs) {
            found.push(report_dependent(dependent));
        }
    }
    found.extend(report_client_id(names, resources, facts));
    found
}

#[cold]
fn report_no_connect(resources: &Resources, facts: &[&PolicyFacts], allowed: Actions) -> Option<Finding> {
    let place = facts.iter().find_map(|facts| facts.first_action).or_else(|| match &resources.policies[0].kind {
        PolicyKind::Document(property) | PolicyKind::Named(property) => Some(property.place),
        PolicyKind::Invalid => None,
    });
    let (message, help) = no_connect(allowed);
    Some(Finding::new(&rules::POLICY_NO_CONNECT, place?, message).help(help))
}

/// What a device can do that is not allowed to connect, and how to allow it.
#[cold]
fn no_connect(allowed: Actions) -> (&'static str, &'static str) {
    if allowed.are_https() && allowed == Actions::ASSUME_ROLE {
        let message = "Nothing in the template allows iot:Connect: the device gets credentials by HTTPS, and cannot connect over \
                       MQTT.";
        (
            message,
            "If the device only asks for credentials, this is right. For MQTT allow iot:Connect on the client ARN.",
        )
    } else if allowed.are_https() {
        let message = "Nothing in the template allows iot:Connect: the device can make HTTPS requests, and cannot connect over MQTT.";
        (message, "If the device only uses HTTPS, this is right. For MQTT allow iot:Connect on the client ARN.")
    } else {
        let message =
            "Nothing in the template allows iot:Connect: the device is provisioned and then cannot connect over MQTT.";
        (message, "Allow iot:Connect on the client ARN, unless a thing group's policy does.")
    }
}

/// Reports what policies ask of the thing that the template does not give it.
fn report_thing_values(sources: &SourceMap, resources: &Resources, facts: &[&PolicyFacts], found: &mut Vec<Finding>) {
    // Without a thing its variables have no value, which is reported once.
    let Some(thing) = &resources.thing else { return };
    for used in facts.iter().flat_map(|facts| &facts.thing_values) {
        let Some(place) = used.places.first().copied() else { continue };
        match &used.value {
            ThingValue::Type if thing.type_name.is_none() => {
                let message = if used.only_denies {
                    "The Deny uses the thing's type, and the template gives the thing no ThingTypeName: it denies nothing."
                } else {
                    "The policy uses the thing's type, and the template gives the thing no ThingTypeName."
                };
                found.push(
                    Finding::new(&rules::POLICY_THING_VALUE, place, message)
                        .help("Give the thing a ThingTypeName. A variable without a value matches no resource."),
                );
            }
            ThingValue::Attribute(name) if thing.attributes.iter().all(|(given, _)| **given != **name) => {
                found.extend(report_attribute(sources, thing, name, used));
            }
            _ => {}
        }
    }
}

#[cold]
fn report_attribute(sources: &SourceMap, thing: &ThingResource, name: &str, used: &ThingValueUse) -> Option<Finding> {
    let place = used.places.first().copied()?;
    let attribute = quoted(name);
    let message = if used.only_denies {
        format!("The Deny uses the thing's attribute {attribute}, which the template does not set: it denies nothing.")
    } else {
        format!("The policy uses the thing's attribute {attribute}, which the template does not set.")
    };
    let finding = Finding::new(&rules::POLICY_THING_VALUE, place, message);
    let given: Vec<&str> =
        thing.attributes.iter().take(limits::ATTRIBUTES_WITH_TYPE).map(|(given, _)| &**given).collect();
    let slip = given.iter().find(|given| given.eq_ignore_ascii_case(name)).copied();
    let Some(near) = slip.or_else(|| nearest(name, &given)) else {
        return Some(finding.help("Add it to the AttributePayload. A variable without a value matches no resource."));
    };
    // A variable, or a key of a condition.
    let edit = |place: &SourceRange| (*place, sources.slice(*place).replacen(name, near, 1));
    let edits = if slip.is_some() { used.places.iter().map(edit).collect() } else { Edits::new() };
    Some(
        finding
            .help(format!("The thing has {}: attribute names are case-sensitive.", quoted(near)))
            .fix_all(format!("Use {}", quoted(near)), edits),
    )
}

#[cold]
fn report_dependent(dependent: &DependentAction) -> Finding {
    let message = if dependent.needs == Actions::PUBLISH {
        "iot:RetainPublish has no effect without iot:Publish, which nothing in the template allows."
    } else {
        "Nothing in the template allows iot:Receive: the device subscribes and gets no messages."
    };
    let finding = Finding::new(&rules::POLICY_DEPENDS, dependent.place, message);
    if dependent.choices.len() < 2 {
        return finding.help("Allow it on the ARNs of the topics, such as topic/….");
    }
    let choose = |finding: Finding, (title, edits): &(&'static str, Edits)| finding.choice(*title, edits.clone());
    dependent.choices.iter().fold(finding, choose)
}

/// A policy that goes by the thing, if there is none or its name is nothing that a device calls itself.
fn report_client_id(names: &DeclaredNames, resources: &Resources, facts: &[&PolicyFacts]) -> Option<Finding> {
    let first = |of: fn(&PolicyFacts) -> Option<SourceRange>| facts.iter().find_map(|facts| of(facts));
    if !resources.declares_thing {
        let place = first(|facts| facts.thing_variable)?;
        let message = "The template creates no thing, so the policy's variable has no value.";
        let finding = Finding::new(&rules::POLICY_CLIENT_ID, place, message);
        return Some(finding.help("Add a thing, or use the client ID or variables of the certificate."));
    }
    // An exclusive thing is the connection's, whatever the client ID.
    let kind = resources.certificate.as_ref().and_then(|certificate| certificate.principal_type.as_ref());
    let is_exclusive = kind.is_some_and(|kind| kind.value.literal() == Some("EXCLUSIVE_THING"));
    let otherwise = is_exclusive || facts.iter().any(|facts| facts.connects_otherwise);
    let place = first(|facts| facts.connects_as_thing).filter(|_| !otherwise)?;
    if let Some(thing) = &resources.thing
        && let Expression::Parameter(index, named) = &thing.name.value
        && names.parameters[*index].source == CertificateField::Id
    {
        let message = "The device can connect only by its thing's name, the certificate ID: its client ID must be those 64 digits.";
        let finding = Finding::new(&rules::POLICY_CLIENT_ID, place, message)
            .help("Name the thing by a value that the device knows, such as AWS::IoT::Certificate::CommonName.");
        return Some(finding.related("The thing's name.", *named));
    }
    None
}
