//! The thing resource (rule R3.3).

use super::expression::{self, Expression};
use super::names::reference;
use super::names::{CertificateField, DeclaredNames};
use super::overrides::{self, Overrides};
use super::property::{Property, check_literal, property};
use super::resource_declaration::ResourceDeclaration;
use super::value;
use crate::check::{Context, quoted, report_type, report_violation, value_limits, wrong_type};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::{self, PREDEFINED_PREFIX};
use crate::rules;
use crate::source::{Member, Node};
use crate::vocabulary::THING_KEYS;
use std::sync::Arc;

/// The thing resource.
#[derive(Clone, Debug)]
pub struct ThingResource {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// `ThingName`
    pub name: Property,
    /// `ThingTypeName`
    pub type_name: Option<Property>,
    /// `AttributePayload`, in order.
    pub attributes: Vec<(Arc<str>, Property)>,
    /// `ThingGroups`. A function instead of the list is one property.
    pub groups: Vec<Property>,
    /// `BillingGroup`
    pub billing_group: Option<Property>,
    /// `OverrideSettings`, as far as they are valid.
    pub overrides: Overrides,
}

/// Reads a thing resource; `None` for one without a name.
pub fn read(
    context: &mut Context,
    names: &mut DeclaredNames,
    resource: &ResourceDeclaration<'_>,
) -> Option<ThingResource> {
    let known = resource.known(context, &THING_KEYS, "a thing's Properties");
    let name = property(context, names, known.member("ThingName"));
    match &name {
        None if !resource.unreadable => report_no_name(context, names, resource),
        Some(name) if name.value.literal() == Some("") => report_empty_name(context, names, name),
        _ => {}
    }
    if let Some(versions) = known.member("PackageVersions") {
        value::read_functions(context, names, &versions.value);
        let message = "AWS does not document the form of PackageVersions, so its value is not checked.";
        context.report(Finding::new(&rules::PACKAGE_VERSIONS, versions.key_place, message));
    }
    let type_name = property(context, names, known.member("ThingTypeName"));
    let billing_group = property(context, names, known.member("BillingGroup"));
    let attributes = read_attributes(context, names, known.get("AttributePayload"));
    let groups = read_groups(context, names, known.get("ThingGroups"));
    for (what, property) in
        [(THINGS_NAME, &name), ("The thing type's name", &type_name), ("The billing group's name", &billing_group)]
    {
        if let Some(property) = property.as_ref().filter(|property| !is_empty_name(property, what)) {
            check_literal(context, property, |text| value_limits::resource_name(what, text));
        }
    }
    if let Some(payload) = known.member("AttributePayload")
        && let Some(violation) = value_limits::attribute_count(attributes.len(), type_name.is_some())
    {
        report_violation(context, violation, payload.key_place);
    }
    if let Some(Property { value: Expression::Parameter(index, place), .. }) = &name
        && names.parameters[*index].source == CertificateField::Id
    {
        let message = "The thing is named by the certificate ID, 64 hexadecimal digits.";
        context.report(
            Finding::new(&rules::THING_NAME_IS_ID, *place, message)
                .help("For a name that identifies the device, refer to AWS::IoT::Certificate::CommonName."),
        );
    }
    let overrides = overrides::read(context, &resource.member.value, resource.overrides, &overrides::THING);
    Some(ThingResource {
        logical_name: resource.member.key.as_str().into(),
        name: name?,
        type_name,
        attributes,
        groups,
        billing_group,
        overrides,
    })
}

/// Whether it is the thing's own name and empty, which has its finding.
fn is_empty_name(property: &Property, what: &str) -> bool {
    what == THINGS_NAME && property.value.literal() == Some("")
}

const THINGS_NAME: &str = "The thing's name";

/// An empty text counts as absent, as AWS is known to read an empty PolicyName.
#[cold]
fn report_empty_name(context: &mut Context, names: &DeclaredNames, name: &Property) {
    let mut finding =
        Finding::new(&rules::MISSING_THING_NAME, name.place, "The ThingName is empty, which counts as absent.");
    if context.flow == Flow::Jitp {
        for tail in ["CommonName", "SerialNumber"] {
            let parameter = [PREDEFINED_PREFIX, tail].concat();
            let mut edits = names.declare(&parameter);
            edits.push((name.place, reference(&parameter)));
            finding = finding.choice(format!("Name it by {tail}"), edits);
        }
    }
    context.report(finding);
}

#[cold]
fn report_no_name(context: &mut Context, names: &DeclaredNames, resource: &ResourceDeclaration<'_>) {
    let mut finding = Finding::new(&rules::MISSING_THING_NAME, resource.missing_place(), "The thing has no ThingName.");
    if context.flow == Flow::Jitp {
        for tail in ["CommonName", "SerialNumber"] {
            let edits = names.reference(context, resource, "ThingName", &[PREDEFINED_PREFIX, tail].concat());
            finding = finding.choice(format!("Name it by {tail}"), edits);
        }
    }
    context.report(finding);
}

fn read_attributes(
    context: &mut Context,
    names: &mut DeclaredNames,
    payload: Option<&Node>,
) -> Vec<(Arc<str>, Property)> {
    let Some(payload) = payload else { return Vec::new() };
    let Some(members) = payload.as_object() else {
        report_type(context, payload, "AttributePayload", "an object of names and values");
        return Vec::new();
    };
    if let [member, ..] = members
        && let Some(attributes) = member.value.as_object().filter(|_| member.key == "attributes")
        && !attributes.iter().any(|attribute| expression::is_function(&attribute.key))
    {
        report_api_payload(context, payload, member);
        return read_attributes(context, names, Some(&member.value));
    }
    let mut attributes = Vec::new();
    for member in members {
        if let Some(violation) = value_limits::attribute_name(&member.key) {
            report_violation(context, violation, member.key_place);
        }
        let what = format!("The attribute {}", quoted(&member.key));
        let value = value::read(context, names, &member.value, &what);
        let property = Property { value, place: member.value.place };
        check_literal(context, &property, |text| value_limits::attribute_value(&member.key, text));
        attributes.push((member.key.as_str().into(), property));
    }
    attributes
}

/// The payload as the API has it, one object further in.
#[cold]
fn report_api_payload(context: &mut Context, payload: &Node, member: &Member) {
    let message =
        "In a template AttributePayload holds the names and values directly; \"attributes\" is the API's form.";
    let inner = context.sources.slice(member.value.place).to_owned();
    context.report(Finding::new(&rules::WRONG_TYPE, member.key_place, message).fix(
        "Remove the level \"attributes\"",
        payload.place,
        inner,
    ));
}

fn read_groups(context: &mut Context, names: &mut DeclaredNames, node: Option<&Node>) -> Vec<Property> {
    let Some(node) = node else { return Vec::new() };
    if node.as_object().is_some() {
        return vec![Property { value: value::read_value(context, names, node, "ThingGroups"), place: node.place }];
    }
    let elements = match node.as_array() {
        Some(elements) => elements,
        None => {
            report_groups(context, node);
            // One group is read as the list of it.
            if node.as_str().is_some() { std::slice::from_ref(node) } else { &[] }
        }
    };
    if elements.len() > limits::GROUPS_PER_THING {
        let message =
            format!("The thing is added to {} groups; AWS allows {}.", elements.len(), limits::GROUPS_PER_THING);
        context.report(Finding::new(&rules::TOO_MANY_GROUPS, elements[limits::GROUPS_PER_THING].place, message));
    }
    let read = |element: &Node| {
        let property =
            Property { value: value::read_value(context, names, element, "A thing group"), place: element.place };
        check_literal(context, &property, |text| value_limits::resource_name("A thing group's name", text));
        property
    };
    elements.iter().map(read).collect()
}

#[cold]
fn report_groups(context: &mut Context, node: &Node) {
    let finding = wrong_type(node, "ThingGroups", "a list of names");
    let list = format!("[{}]", context.sources.slice(node.place));
    context.report(if node.as_str().is_some() { finding.fix("Write it as a list", node.place, list) } else { finding });
}
