//! The Resources section (rule R3).

use super::declaration::Declaration;
use super::expression::{self, Expression};
use super::misplaced::Strays;
use super::parameters::Names;
use super::{certificate_resource, policy_resource, thing_resource};
use crate::check::{Index, Judge, distance, get_as_meant, nearest, opening, quoted, report_type, values};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::{self, ID_PARAMETER, PREDEFINED, PREDEFINED_PREFIX};
use crate::rules::{self, Rule};
use crate::source::{At, Member, Node, Place};

use certificate_resource::Certificate;
use policy_resource::Policy;
use thing_resource::Thing;

/// A property's value and where it is written.
#[derive(Clone, Debug)]
pub struct Property {
    /// The value.
    pub value: Expression,
    /// Where it is written.
    pub place: Place,
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

/// Types of AWS IoT that resemble one of the three and are no slip for it.
const OTHER_TYPES: [&str; 6] = [
    "AWS::IoT::ThingGroup",
    "AWS::IoT::ThingType",
    "AWS::IoT::CACertificate",
    "AWS::IoT::CertificateProvider",
    "AWS::IoT::PolicyPrincipalAttachment",
    "AWS::IoT::ThingPrincipalAttachment",
];

/// The type that was meant by one that there is not.
#[cold]
pub fn near_type(text: &str) -> Option<&'static str> {
    let tail = |kind: &'_ str| kind.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if OTHER_TYPES.contains(&text) {
        return None;
    }
    // The words before the last are the same in all three, so that only the last tells them apart.
    let own = tail(text);
    let head = &text[..text.len() - own.len()];
    // The types of another service are no slips.
    let is_iot = ["", "AWS::", "IoT::"].contains(&head) || distance(&head.to_ascii_lowercase(), "aws::iot::") <= 1;
    let tails = TYPES.map(tail);
    let near = nearest(&own, &tails.each_ref().map(String::as_str)).filter(|_| is_iot)?;
    TYPES.into_iter().find(|kind| tail(kind) == near)
}

/// The logical names, before anything else is read: a Ref may come before what it names.
pub fn declared(section: Option<&Node>) -> Declared {
    let members = section.and_then(Node::as_object).unwrap_or_default();
    let type_of = |member: &Member| get_as_meant(&member.value, "Type").and_then(Node::as_str).map(str::to_owned);
    members.iter().map(|member| (member.key.clone(), type_of(member), member.key_place)).collect()
}

/// Reads the section; `body` is the whole template, to point at where the section is missing.
pub fn read<'n>(
    judge: &mut Judge,
    names: &mut Names,
    section: Option<&'n Node>,
    body: &Node,
    misplaced: &Strays<'n>,
) -> Resources {
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
    for (index, member) in members.iter().enumerate().filter(|(_, member)| !judge.is_taken(member.key_place)) {
        last.insert(&member.key, index);
    }
    for (index, member) in members.iter().enumerate() {
        if last.get(&member.key) != Some(index) || judge.is_taken(member.key_place) {
            continue;
        }
        let Some(resource) = Declaration::read(judge, member, misplaced) else {
            unreadable = true;
            continue;
        };
        match resource.kind {
            "AWS::IoT::Thing" => {
                things.push(member.key_place);
                resources.declares_thing = true;
                resources.thing = thing_resource::read(judge, names, &resource);
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
    check_counts(judge, names, section, &things, &certificates, &resources, unreadable);
    resources
}

/// Reads a property that has to come out as a string.
pub fn property(judge: &mut Judge, names: &mut Names, member: Option<&Member>) -> Option<Property> {
    let member = member?;
    let value = expression::read(judge, names, &member.value, &member.key);
    Some(Property { value, place: member.value.place })
}

/// Reports what a limit says of a literal; values from a certificate are judged in the plan.
pub fn check_literal(judge: &mut Judge, property: &Property, check: impl Fn(&str) -> Option<values::Breach>) {
    let Some(text) = property.value.literal() else { return };
    match (check(text), meant_parameter(text)) {
        (None, None) => {}
        (Some(breach), None) => report_breach(judge, breach, property.place),
        (breach, Some(name)) => report_literal_reference(judge, breach, property.place, name),
    }
}

/// The parameter that a plain string names, in one of the ways in which other templates refer.
fn meant_parameter(text: &str) -> Option<&'static str> {
    // Most texts name none.
    if !text.contains("::") && !text.contains(['{', '<']) {
        return None;
    }
    let is_sign = |c: char| !c.is_ascii_alphanumeric();
    let core = text.trim_matches(is_sign);
    let core = core.strip_prefix("Ref").map_or(core, |rest| rest.trim_start_matches(is_sign));
    PREDEFINED
        .into_iter()
        .map(|(name, _)| name)
        .find(|name| *name == core || core.len() < text.len() && name.strip_prefix(PREDEFINED_PREFIX) == Some(core))
}

/// Whether a plain string can be the name of a thing, and was most likely meant as it stands.
pub fn is_plain_name(text: &str) -> bool {
    values::resource_name("The thing's name", text).is_none() && meant_parameter(text).is_none()
}

/// Whether a plain string can be the name of a policy.
pub fn is_policy_name(text: &str) -> bool {
    values::policy_name(text).is_none()
}

#[cold]
fn report_literal_reference(judge: &mut Judge, breach: Option<values::Breach>, place: Place, name: &str) {
    let (rule, message) = match breach {
        Some(breach) => (breach.rule, breach.message),
        None => (
            &rules::LITERAL_REFERENCE,
            format!("{} is a plain text here: it is the same for every device.", quoted(name)),
        ),
    };
    let reference = reference(name);
    judge.report(
        Finding::new(rule, place, message).help(format!("To have the value of the parameter, write {reference}.")).fix(
            format!("Refer to {name}"),
            place,
            reference,
        ),
    );
}

/// A Ref, as JSON.
#[cold]
pub fn reference(name: &str) -> String {
    ["{\"Ref\": \"", name, "\"}"].concat()
}

/// Reports a breach of a limit.
#[cold]
pub fn report_breach(judge: &mut Judge, breach: values::Breach, place: Place) {
    let mut finding = Finding::new(breach.rule, place, breach.message);
    if let Some(help) = breach.help {
        finding = finding.help(help);
    }
    judge.report(finding);
}

#[cold]
fn check_counts(
    judge: &mut Judge,
    names: &Names,
    section: &Node,
    things: &[Place],
    certificates: &[Place],
    resources: &Resources,
    unreadable: bool,
) {
    let open = opening(section);
    if certificates.len() > 1 {
        let message = format!("The template declares {} certificates; it takes exactly one.", certificates.len());
        report_several(judge, &rules::CERTIFICATE_COUNT, message, section, certificates);
    }
    if things.len() > 1 {
        let message = format!("The template declares {} things; it takes at most one.", things.len());
        report_several(judge, &rules::SEVERAL_THINGS, message, section, things);
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
        report_no_certificate(judge, names, section);
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

#[cold]
fn report_no_certificate(judge: &mut Judge, names: &Names, section: &Node) {
    let key = "certificate";
    let edits = if section.get(key).is_some() {
        Vec::new()
    } else {
        let property = format!("{{\"CertificateId\": {}}}", reference(ID_PARAMETER));
        let resource = format!("{{\"Type\": \"AWS::IoT::Certificate\", \"Properties\": {property}}}");
        let mut edits = names.declare(ID_PARAMETER);
        edits.push(judge.sources.slot(section, At::Back).fill(key, &resource));
        edits
    };
    let message = "The template declares no certificate; it takes exactly one.";
    judge.report(
        Finding::new(&rules::CERTIFICATE_COUNT, opening(section), message)
            .help(format!(
                "Add a resource of type AWS::IoT::Certificate with \"CertificateId\": {}.",
                reference(ID_PARAMETER)
            ))
            .fix_all("Add the certificate", edits),
    );
}

/// Reports resources of which there is one too many; of two a person can choose.
#[cold]
fn report_several(judge: &mut Judge, rule: &'static Rule, message: String, section: &Node, places: &[Place]) {
    let [first, .., last] = places else { return };
    let mut finding = Finding::new(rule, *last, message).related("The first one.", *first);
    // Without one of them a Ref to it would name nothing, and of two with one name the other would come back.
    if places.len() == 2 && !judge.has(&rules::REF_TO_RESOURCE) && !judge.has(&rules::DUPLICATE_KEY) {
        for (kept, removed) in [(first, last), (last, first)] {
            let edits = judge.sources.remove_members(section, &|member| member.key_place == *removed);
            finding = finding.choice(format!("Keep only {}", judge.sources.slice(*kept)), edits);
        }
    }
    judge.report(finding);
}
