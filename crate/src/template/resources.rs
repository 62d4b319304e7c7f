//! The Resources section (rule R3).

use super::expression::{self, Expression};
use super::flow::Flow;
use super::judge::Judge;
use super::keys::{Index, Known, nearest, opening, quoted, report_type};
use super::parameters::{Names, Source};
use super::{certificate_resource, checks, overrides, policy_resource};
use crate::diagnostic::Finding;
use crate::limits;
use crate::rules;
use crate::source::{Member, Node, Place};
use std::sync::Arc;

use certificate_resource::Certificate;
use policy_resource::Policy;

/// A property's value and where it is written.
#[derive(Clone, Debug)]
pub struct Property {
    /// The value.
    pub value: Expression,
    /// Where it is written.
    pub place: Place,
}

/// The thing resource.
#[derive(Clone, Debug)]
pub struct Thing {
    /// The logical name.
    pub logical_name: Arc<str>,
    /// `ThingName`
    pub name: Property,
    /// `ThingTypeName`
    pub type_name: Option<Property>,
    /// `AttributePayload`, in order.
    pub attributes: Vec<(Arc<str>, Property)>,
    /// `ThingGroups`; a function in place of the list is one property.
    pub groups: Vec<Property>,
    /// `BillingGroup`
    pub billing_group: Option<Property>,
    /// `OverrideSettings`, as far as they are valid.
    pub overrides: Vec<(&'static str, String)>,
}

/// What a template makes.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    /// The thing.
    pub thing: Option<Thing>,
    /// Whether a thing is declared, be it one without a name.
    pub declares_thing: bool,
    /// The certificate.
    pub certificate: Option<Certificate>,
    /// The policies, in order.
    pub policies: Vec<Policy>,
}

/// The logical name and declared type of each resource, with its place.
pub type Declared = Vec<(String, Option<String>, Place)>;

/// The types that a provisioning template knows.
pub const TYPES: [&str; 3] = ["AWS::IoT::Thing", "AWS::IoT::Certificate", "AWS::IoT::Policy"];
const RESOURCE_KEYS: [&str; 3] = ["Type", "Properties", "OverrideSettings"];
const THING_KEYS: [&str; 5] = ["ThingName", "AttributePayload", "ThingTypeName", "ThingGroups", "BillingGroup"];

/// The logical names, before anything else is read: a Ref may come before what it names.
pub fn declared(section: Option<&Node>) -> Declared {
    let members = section.and_then(Node::as_object).unwrap_or_default();
    let type_of = |member: &Member| member.value.get("Type").and_then(Node::as_str).map(str::to_owned);
    members.iter().map(|member| (member.key.clone(), type_of(member), member.key_place)).collect()
}

/// Reads the section; `body` is the whole template, to point at where the section is missing.
pub fn read(judge: &mut Judge, names: &mut Names, section: Option<&Node>, body: &Node) -> Resources {
    let mut resources = Resources::default();
    let Some(section) = section else {
        judge.report(Finding::new(&rules::NO_RESOURCES, opening(body), "The template has no Resources section."));
        return resources;
    };
    let Some(members) = section.as_object() else {
        report_type(judge, section, "Resources", "an object");
        return resources;
    };
    let mut certificates: Vec<Place> = Vec::new();
    let mut things: Vec<Place> = Vec::new();
    let mut unreadable = false;
    // The last of duplicates counts; that there are several has been said.
    let mut last = Index::default();
    for (index, member) in members.iter().enumerate() {
        last.insert(&member.key, index);
    }
    for (index, member) in members.iter().enumerate() {
        if last.get(&member.key) != Some(index) {
            continue;
        }
        let Some(resource) = Declaration::read(judge, member) else {
            unreadable = true;
            continue;
        };
        match resource.kind {
            "AWS::IoT::Thing" => {
                things.push(member.key_place);
                resources.declares_thing = true;
                resources.thing = read_thing(judge, names, &resource);
            }
            "AWS::IoT::Certificate" => {
                certificates.push(member.key_place);
                resources.certificate = Some(certificate_resource::read(judge, names, &resource));
            }
            _ => resources.policies.push(policy_resource::read(judge, names, &resource)),
        }
    }
    if unreadable && members.len() == 1 {
        return resources;
    }
    check_counts(judge, section, &things, &certificates, &resources, unreadable);
    resources
}

/// One resource with its keys sorted.
pub struct Declaration<'n> {
    /// The logical name and all that belongs to it.
    pub member: &'n Member,
    /// One of the three types.
    kind: &'static str,
    /// `Properties`
    pub properties: Option<&'n Node>,
    /// `OverrideSettings`
    pub overrides: Option<&'n Member>,
}

impl<'n> Declaration<'n> {
    fn read(judge: &mut Judge, member: &'n Member) -> Option<Self> {
        if member.value.as_object().is_none() {
            report_type(judge, &member.value, &format!("The resource {}", quoted(&member.key)), "an object");
            return None;
        }
        let known = Known::read(judge, &member.value, &RESOURCE_KEYS, "a resource");
        let kind = read_type(judge, member, known.get("Type"))?;
        let properties = known.get("Properties").filter(|node| {
            if node.as_object().is_none() {
                report_type(judge, node, "Properties", "an object");
            }
            node.as_object().is_some()
        });
        Some(Self { member, kind, properties, overrides: known.member("OverrideSettings") })
    }

    /// Reads the properties by the keys that the type knows.
    pub fn known(&self, judge: &mut Judge, keys: &[&'static str], what: &str) -> Known<'n> {
        self.properties.map_or_else(Known::default, |properties| {
            Known::read_inside(judge, Some(&self.member.value), properties, keys, what)
        })
    }

    /// Where to point at for something that is missing from the properties.
    pub fn missing_place(&self) -> Place {
        self.properties.map_or(self.member.key_place, opening)
    }
}

fn read_type(judge: &mut Judge, member: &Member, node: Option<&Node>) -> Option<&'static str> {
    let Some(node) = node else {
        let message = format!("The resource {} has no Type.", quoted(&member.key));
        judge.report(
            Finding::new(&rules::RESOURCE_TYPE, member.key_place, message)
                .help(format!("It is one of {}.", TYPES.join(", "))),
        );
        return None;
    };
    let Some(text) = node.as_str() else {
        report_type(judge, node, "A resource's Type", "a string");
        return None;
    };
    if let Some(kind) = TYPES.into_iter().find(|kind| *kind == text) {
        return Some(kind);
    }
    let message = format!("{} is no type of a provisioning template.", quoted(text));
    let finding =
        Finding::new(&rules::RESOURCE_TYPE, node.place, message).help(format!("It is one of {}.", TYPES.join(", ")));
    let near = nearest(text, TYPES);
    judge.report(match near {
        Some(near) => finding.fix(format!("Write {}", quoted(near)), node.place, quoted(near)),
        None => finding,
    });
    // The near type is what was meant: read on by it.
    TYPES.into_iter().find(|kind| Some(*kind) == near)
}

/// Reads a property that has to come out as a string.
pub fn property(judge: &mut Judge, names: &mut Names, member: Option<&Member>) -> Option<Property> {
    let member = member?;
    let value = expression::read(judge, names, &member.value, &member.key);
    Some(Property { value, place: member.value.place })
}

/// Reports what a limit says of a literal; values from a certificate are judged in the plan.
pub fn check_literal(judge: &mut Judge, property: &Property, check: impl Fn(&str) -> Option<checks::Breach>) {
    if let Some(breach) = property.value.literal().and_then(check) {
        report_breach(judge, breach, property.place);
    }
}

/// Reports a breach of a limit.
#[cold]
pub fn report_breach(judge: &mut Judge, breach: checks::Breach, place: Place) {
    let mut finding = Finding::new(breach.rule, place, breach.message);
    if let Some(help) = breach.help {
        finding = finding.help(help);
    }
    judge.report(finding);
}

fn read_thing(judge: &mut Judge, names: &mut Names, resource: &Declaration<'_>) -> Option<Thing> {
    let known = resource.known(judge, &THING_KEYS, "a thing's Properties");
    let name = property(judge, names, known.member("ThingName"));
    if name.is_none() {
        let message = "The thing has no ThingName.";
        judge.report(Finding::new(&rules::MISSING_THING_NAME, resource.missing_place(), message));
    }
    let type_name = property(judge, names, known.member("ThingTypeName"));
    let billing_group = property(judge, names, known.member("BillingGroup"));
    let attributes = read_attributes(judge, names, known.get("AttributePayload"));
    let groups = read_groups(judge, names, known.get("ThingGroups"));
    for (what, property) in [
        ("The thing's name", &name),
        ("The thing type's name", &type_name),
        ("The billing group's name", &billing_group),
    ] {
        if let Some(property) = property {
            check_literal(judge, property, |text| checks::resource_name(what, text));
        }
    }
    if let Some(payload) = known.member("AttributePayload")
        && let Some(breach) = checks::attribute_count(attributes.len(), type_name.is_some())
    {
        report_breach(judge, breach, payload.key_place);
    }
    if let Some(Property { value: Expression::Parameter(index, place), .. }) = &name
        && names.parameters[*index].source == Source::Id
    {
        let message = "The thing is named by the certificate ID, 64 hexadecimal digits.";
        judge.report(
            Finding::new(&rules::THING_NAME_IS_ID, *place, message)
                .help("For a name that tells the device, refer to AWS::IoT::Certificate::CommonName."),
        );
    }
    let overrides = overrides::read(judge, resource.overrides.map(|member| &member.value), &overrides::THING);
    Some(Thing {
        logical_name: resource.member.key.as_str().into(),
        name: name?,
        type_name,
        attributes,
        groups,
        billing_group,
        overrides,
    })
}

fn read_attributes(judge: &mut Judge, names: &mut Names, payload: Option<&Node>) -> Vec<(Arc<str>, Property)> {
    let Some(payload) = payload else { return Vec::new() };
    let Some(members) = payload.as_object() else {
        report_type(judge, payload, "AttributePayload", "an object of names and values");
        return Vec::new();
    };
    let mut attributes = Vec::new();
    for member in members {
        if let Some(breach) = checks::attribute_name(&member.key) {
            report_breach(judge, breach, member.key_place);
        }
        let what = format!("The attribute {}", quoted(&member.key));
        let value = expression::read(judge, names, &member.value, &what);
        let property = Property { value, place: member.value.place };
        check_literal(judge, &property, |text| checks::attribute_value(&member.key, text));
        attributes.push((member.key.as_str().into(), property));
    }
    attributes
}

fn read_groups(judge: &mut Judge, names: &mut Names, node: Option<&Node>) -> Vec<Property> {
    let Some(node) = node else { return Vec::new() };
    if node.as_object().is_some() {
        return vec![Property { value: expression::read(judge, names, node, "ThingGroups"), place: node.place }];
    }
    let Some(elements) = node.as_array() else {
        report_type(judge, node, "ThingGroups", "a list of names");
        return Vec::new();
    };
    if elements.len() > limits::GROUPS_PER_THING {
        let message =
            format!("The thing is put into {} groups; AWS takes {}.", elements.len(), limits::GROUPS_PER_THING);
        judge.report(Finding::new(&rules::TOO_MANY_GROUPS, elements[limits::GROUPS_PER_THING].place, message));
    }
    let read = |element: &Node| {
        let property =
            Property { value: expression::read(judge, names, element, "A thing group"), place: element.place };
        check_literal(judge, &property, |text| checks::resource_name("A thing group's name", text));
        property
    };
    elements.iter().map(read).collect()
}

#[cold]
fn check_counts(
    judge: &mut Judge,
    section: &Node,
    things: &[Place],
    certificates: &[Place],
    resources: &Resources,
    unreadable: bool,
) {
    let open = opening(section);
    if let [first, .., last] = certificates {
        let message = format!("The template declares {} certificates; it takes exactly one.", certificates.len());
        judge.report(Finding::new(&rules::CERTIFICATE_COUNT, *last, message).related("The first one.", *first));
    }
    if let [first, .., last] = things {
        let message = format!("The template declares {} things; it takes at most one.", things.len());
        judge.report(Finding::new(&rules::SEVERAL_THINGS, *last, message).related("The first one.", *first));
    }
    if resources.policies.len() > limits::POLICIES_PER_CERTIFICATE {
        let message = format!(
            "The template attaches {} policies; AWS takes {}.",
            resources.policies.len(),
            limits::POLICIES_PER_CERTIFICATE
        );
        judge.report(Finding::new(&rules::TOO_MANY_POLICIES, open, message));
    }
    // A resource that could not be read may be the one that seems to be missing.
    if unreadable {
        return;
    }
    if certificates.is_empty() && judge.flow == Flow::Jitp {
        judge.report(
            Finding::new(&rules::CERTIFICATE_COUNT, open, "The template declares no certificate; it takes exactly one.")
                .help("Add a resource of type AWS::IoT::Certificate with \"CertificateId\": {\"Ref\": \"AWS::IoT::Certificate::Id\"}."),
        );
    }
    if things.is_empty() {
        let message = "The template declares no thing: the device gets a certificate and no entry in the registry.";
        judge.report(Finding::new(&rules::NO_THING, open, message));
    }
    // What has no certificate has nothing to attach a policy to.
    if resources.policies.is_empty() && (judge.flow == Flow::Jitp || !certificates.is_empty()) {
        let message = "The template declares no policy: nothing in it lets the device connect.";
        judge.report(
            Finding::new(&rules::NO_POLICY, open, message)
                .help("Fine where a policy is attached otherwise, for example to a thing group."),
        );
    }
}
