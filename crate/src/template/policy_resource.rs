//! Policy resources (rule R3.5).

use super::declaration::Declaration;
use super::expression::{self, Expression};
use super::parameters::{Names, Source};
use super::resources::{Property, Resources, check_literal, property, report_breach};
use super::thing_resource::Thing;
use super::{missing_policy, unwrap};
use crate::check::{Judge, nearest, quoted, report_duplicates, values};
use crate::diagnostic::{Edits, Finding};
use crate::flow::Flow;
use crate::limits;
use crate::policy::{self, Actions, Dependent, Facts, ThingValue};
use crate::rules;
use crate::source::{Member, Node, Place, Value, quote, write_compact};
use std::sync::Arc;

/// A policy resource.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// What it is.
    pub kind: PolicyKind,
    /// What the document says, where it is written out.
    pub facts: Option<Facts>,
}

/// A policy resource names a policy or carries one.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// `PolicyName`
    Named(Property),
    /// `PolicyDocument`
    Document(Property),
    /// Neither, which has been reported.
    Invalid,
}

/// The properties of a policy.
pub const KEYS: [&str; 2] = ["PolicyName", "PolicyDocument"];

/// Reads a policy resource.
pub fn read(judge: &mut Judge, names: &mut Names, resource: &Declaration<'_>) -> Policy {
    let known = resource.known(judge, &KEYS, "a policy's Properties");
    if let Some(overrides) = resource.overrides {
        let message = "OverrideSettings are not available for policy resources.";
        judge.report(
            Finding::new(&rules::OVERRIDE_ON_POLICY, overrides.key_place, message)
                .fix_all("Remove them", resource.remove(judge, overrides)),
        );
    }
    let written = [known.member("PolicyName"), known.member("PolicyDocument")];
    let [mut name, mut document] = written.map(|member| member.filter(|member| member.value.as_str() != Some("")));
    if let (Some(other), Some(plain)) = (name, document.filter(|document| missing_policy::is_plain(&document.value))) {
        missing_policy::report_plain_beside(judge, resource, (plain, other));
        document = None;
    } else if let Some(policy) = name.filter(|name| document.is_none() && missing_policy::is_policy(&name.value)) {
        missing_policy::report_policy_as_name(judge, resource, policy);
        (name, document) = (None, Some(policy));
    } else if let (Some(name), Some(document)) = (name, document) {
        let message = "The policy has both a PolicyName and a PolicyDocument.";
        judge.report(
            Finding::new(&rules::POLICY_BOTH, document.key_place, message)
                .help("Keep PolicyName for a policy that exists, PolicyDocument to have one made.")
                .related("The PolicyName.", name.key_place)
                .choice("Keep PolicyName", resource.remove(judge, document))
                .choice("Keep PolicyDocument", resource.remove(judge, name)),
        );
    }
    if name.is_none() && document.is_none() {
        missing_policy::report(judge, names, resource, written);
    } else if let Some(empty) = written.into_iter().flatten().find(|member| member.value.as_str() == Some("")) {
        missing_policy::report_empty(judge, resource, empty);
    }
    let named = property(judge, names, name);
    if let Some(named) = &named
        && !missing_policy::report_arn_as_name(judge, named)
    {
        check_literal(judge, named, values::policy_name);
    }
    let carried = document.map(|member| read_document(judge, names, resource, member));
    let logical_name = resource.member.key.as_str().into();
    match (carried, named) {
        (Some((document, facts)), _) => Policy { logical_name, kind: PolicyKind::Document(document), facts },
        (None, Some(name)) => Policy { logical_name, kind: PolicyKind::Named(name), facts: None },
        (None, None) => Policy { logical_name, kind: PolicyKind::Invalid, facts: None },
    }
}

fn read_document(
    judge: &mut Judge,
    names: &mut Names,
    resource: &Declaration<'_>,
    member: &Member,
) -> (Property, Option<Facts>) {
    let node = &member.value;
    let place = node.place;
    if let Some(members) = node.as_object() {
        let is_policy = members.iter().any(|member| matches!(member.key.as_str(), "Version" | "Statement"));
        if !is_policy {
            return (Property { value: expression::read(judge, names, node, "PolicyDocument"), place }, None);
        }
        let compact = write_compact(node, judge.sources.text(place.layer));
        let has_functions = read_functions(judge, names, node);
        if judge.flow != Flow::Fleet {
            let message = "PolicyDocument is an object; outside of fleet templates AWS documents an escaped string.";
            let finding = Finding::new(&rules::POLICY_IS_OBJECT, place, message);
            judge.report(if has_functions {
                finding.help("A string takes no function: write out what the functions come to.")
            } else {
                finding.fix("Write the policy as a string", place, quote(&compact))
            });
        }
        let facts = policy::check(judge, node, true);
        let property = Property { value: Expression::Text(compact.into()), place };
        check_literal(judge, &property, values::policy_length);
        return (property, facts);
    }
    if matches!(node.value, Value::Number(_) | Value::Bool(_)) {
        // Quotation marks do not make a policy of it.
        let message = format!("PolicyDocument is {}; it must be a policy as an escaped string.", node.kind());
        judge.report(Finding::new(&rules::NOT_A_STRING, place, message));
        return (Property { value: Expression::Invalid, place }, None);
    }
    let mut facts = None;
    let value = expression::read(judge, names, node, "PolicyDocument");
    if let Some(layer) = judge.sources.unwrap_string(node) {
        let inner = match judge.sources.parse(layer) {
            Err(error) if unwrap::is_meant_as_json(judge.sources.text(layer)) => {
                unwrap::report_malformed_policy(judge, &error)
            }
            Err(_) if judge.sources.text(layer).trim().is_empty() => {
                report_no_policy(judge, place, "empty");
                None
            }
            Err(_) => {
                missing_policy::report_plain(judge, names, resource, member);
                None
            }
            Ok(inner) if inner.as_str().is_some() => read_string_of_string(judge, node, inner),
            Ok(inner) => Some(inner),
        };
        // What is escaped wrongly is not measured with its backslashes.
        let measured =
            inner.as_ref().filter(|inner| inner.as_object().is_some()).map_or(layer, |inner| inner.place.layer);
        if let Some(breach) = values::policy_length(judge.sources.text(measured)) {
            report_breach(judge, breach, place);
        }
        match inner {
            None => {}
            Some(inner) if inner.as_object().is_none() => report_no_policy(judge, place, inner.kind()),
            Some(inner) => {
                report_duplicates(judge, &inner, &rules::POLICY_DUPLICATE_KEY);
                facts = policy::check(judge, &inner, false);
            }
        }
    }
    (Property { value, place }, facts)
}

/// A policy that was made a string more than once: says so, and gives what is innermost.
#[cold]
fn read_string_of_string(judge: &mut Judge, node: &Node, inner: Node) -> Option<Node> {
    let Some(policy) = unwrap::unwrap_all(judge, inner.clone()).1.ok().filter(|inner| inner.as_object().is_some())
    else {
        return Some(inner);
    };
    let message =
        "The PolicyDocument was turned into a string more than once; AWS finds a string in place of the policy.";
    let once = quote(judge.sources.text(policy.place.layer));
    judge.report(
        Finding::new(&rules::POLICY_NOT_JSON, node.place, message)
            .help("Turn the policy into a string once only.")
            .fix("Encode it once", node.place, once),
    );
    Some(policy)
}

/// Reads the values that functions give inside of a policy: what they refer to is used, and has to be there.
pub fn read_functions(judge: &mut Judge, names: &mut Names, node: &Node) -> bool {
    if policy::is_function(node) {
        expression::read(judge, names, node, "A value of the policy");
        return true;
    }
    let mut found = false;
    for element in node.as_array().unwrap_or_default() {
        found |= read_functions(judge, names, element);
    }
    for member in node.as_object().unwrap_or_default() {
        found |= read_functions(judge, names, &member.value);
    }
    found
}

/// What the policies of a template come to together. Where one is only named, or could not be read, nobody knows.
pub fn report_together(judge: &mut Judge, names: &Names, resources: &Resources) {
    let facts: Option<Vec<&Facts>> = resources.policies.iter().map(|policy| policy.facts.as_ref()).collect();
    let Some(facts) = facts.filter(|facts| !facts.is_empty()) else { return };
    let allowed = Actions(facts.iter().fold(0, |sum, facts| sum | facts.allowed.0));
    if !allowed.has(Actions::CONNECT) {
        report_no_connect(judge, resources, &facts, allowed);
    }
    report_thing_values(judge, resources, &facts);
    for dependent in facts.iter().flat_map(|facts| &facts.dependents) {
        if !allowed.has(dependent.needs) {
            report_dependent(judge, dependent);
        }
    }
    report_client_id(judge, names, resources, &facts);
}

#[cold]
fn report_no_connect(judge: &mut Judge, resources: &Resources, facts: &[&Facts], allowed: Actions) {
    let place = facts.iter().find_map(|facts| facts.first_action).or_else(|| match &resources.policies[0].kind {
        PolicyKind::Document(property) | PolicyKind::Named(property) => Some(property.place),
        PolicyKind::Invalid => None,
    });
    let Some(place) = place else { return };
    let (message, help) = no_connect(allowed);
    judge.report(Finding::new(&rules::POLICY_NO_CONNECT, place, message).help(help));
}

/// What a device can do that is not allowed to connect, and what to do about it.
#[cold]
pub fn no_connect(allowed: Actions) -> (&'static str, &'static str) {
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
fn report_thing_values(judge: &mut Judge, resources: &Resources, facts: &[&Facts]) {
    // Without a thing no variable of it has a value, which is said once.
    let Some(thing) = &resources.thing else { return };
    for (value, places) in facts.iter().flat_map(|facts| &facts.thing_values) {
        let Some(place) = places.first().copied() else { continue };
        match value {
            ThingValue::Type if thing.type_name.is_none() => {
                let message =
                    "The policy asks for the thing's type, and the template gives the thing no ThingTypeName.";
                judge.report(
                    Finding::new(&rules::POLICY_THING_VALUE, place, message)
                        .help("Give the thing a ThingTypeName. A variable without a value matches no resource."),
                );
            }
            ThingValue::Attribute(name) if thing.attributes.iter().all(|(given, _)| **given != **name) => {
                report_attribute(judge, thing, name, places);
            }
            _ => {}
        }
    }
}

#[cold]
fn report_attribute(judge: &mut Judge, thing: &Thing, name: &str, places: &[Place]) {
    let Some(place) = places.first().copied() else { return };
    let message =
        format!("The policy asks for the thing's attribute {}, which the template does not give it.", quoted(name));
    let finding = Finding::new(&rules::POLICY_THING_VALUE, place, message);
    let given: Vec<&str> =
        thing.attributes.iter().take(limits::ATTRIBUTES_WITH_TYPE).map(|(given, _)| &**given).collect();
    let slip = given.iter().find(|given| given.eq_ignore_ascii_case(name)).copied();
    let Some(near) = slip.or_else(|| nearest(name, &given)) else {
        return judge
            .report(finding.help("Add it to the AttributePayload. A variable without a value matches no resource."));
    };
    // A variable, or a key of a condition.
    let edit = |place: &Place| (*place, judge.sources.slice(*place).replacen(name, near, 1));
    let edits = if slip.is_some() { places.iter().map(edit).collect() } else { Edits::new() };
    judge.report(
        finding
            .help(format!("The thing has {}: names are compared with their letter case.", quoted(near)))
            .fix_all(format!("Ask for {}", quoted(near)), edits),
    );
}

#[cold]
fn report_dependent(judge: &mut Judge, dependent: &Dependent) {
    let message = if dependent.needs == Actions::PUBLISH {
        "iot:RetainPublish is of no use without iot:Publish, which nothing in the template allows."
    } else {
        "Nothing in the template allows iot:Receive: the device subscribes and is sent no message."
    };
    let finding = Finding::new(&rules::POLICY_DEPENDS, dependent.place, message);
    judge.report(match &dependent.edit {
        // Either changes what the device may do.
        Some(edit) => finding
            .choice("Allow iot:Publish too", vec![edit.clone()])
            .choice("Allow iot:Publish instead", vec![(dependent.place, quoted("iot:Publish"))]),
        None => finding.help("Allow it on the ARNs of the topics, as topic/…."),
    });
}

/// A policy that goes by the thing, where there is none or its name is nothing that a device calls itself.
fn report_client_id(judge: &mut Judge, names: &Names, resources: &Resources, facts: &[&Facts]) {
    let first = |of: fn(&Facts) -> Option<Place>| facts.iter().find_map(|facts| of(facts));
    if !resources.declares_thing {
        if let Some(place) = first(|facts| facts.thing_variable) {
            let message = "The template makes no thing, so that the policy's variable has no value.";
            let finding = Finding::new(&rules::POLICY_CLIENT_ID, place, message);
            judge.report(finding.help("Add a thing, or go by the client ID or the certificate's names."));
        }
        return;
    }
    // An exclusive thing is the connection's, whatever the client ID.
    let kind = resources.certificate.as_ref().and_then(|certificate| certificate.principal_type.as_ref());
    let is_exclusive = kind.is_some_and(|kind| kind.value.literal() == Some("EXCLUSIVE_THING"));
    let otherwise = is_exclusive || facts.iter().any(|facts| facts.connects_otherwise);
    let Some(place) = first(|facts| facts.connects_as_thing).filter(|_| !otherwise) else { return };
    if let Some(thing) = &resources.thing
        && let Expression::Parameter(index, named) = &thing.name.value
        && names.parameters[*index].source == Source::Id
    {
        let message = "The device connects by its thing's name only, which is the certificate's ID: it has to give those 64 \
                       digits as its client ID.";
        judge.report(
            Finding::new(&rules::POLICY_CLIENT_ID, place, message)
                .help("Name the thing by what the device knows, for example AWS::IoT::Certificate::CommonName.")
                .related("The thing's name.", *named),
        );
    }
}

#[cold]
fn report_no_policy(judge: &mut Judge, place: Place, what: &str) {
    let message = format!("The PolicyDocument is {what}, not a policy in JSON.");
    judge.report(
        Finding::new(&rules::POLICY_NOT_JSON, place, message)
            .help("To attach a policy that exists, give its name as PolicyName."),
    );
}
