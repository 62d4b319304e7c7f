//! The Resources section (rule R3).

use super::misplaced::MisplacedKeys;
use super::names::DeclaredNames;
use super::names::reference;
use super::resource_declaration::ResourceDeclaration;
use super::{certificate_resource, policy_resource, thing_resource};
use crate::check::{Context, NameIndex, opening, report_type};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::{self, ID_PARAMETER};
use crate::rules::{self, Rule};
use crate::source::{InsertAt, Node, SourceRange};

use certificate_resource::CertificateResource;
use policy_resource::PolicyResource;
use thing_resource::ThingResource;

/// The resources that a template creates.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    /// The thing.
    pub thing: Option<ThingResource>,
    /// Whether a thing is declared, be it one without a name.
    pub declares_thing: bool,
    /// The certificate.
    pub certificate: Option<CertificateResource>,
    /// The policies, in order.
    pub policies: Vec<PolicyResource>,
}

/// Reads the section. `body` is the whole template, to report a missing section.
pub fn read<'n>(
    context: &mut Context,
    names: &mut DeclaredNames,
    section: Option<&'n Node>,
    body: &Node,
    misplaced: &MisplacedKeys<'n>,
) -> Resources {
    let mut resources = Resources::default();
    let Some(section) = section else {
        context.report(Finding::new(&rules::NO_RESOURCES, opening(body), "The template has no Resources section."));
        return resources;
    };
    let Some(members) = section.as_object() else {
        report_type(context, section, "Resources", "an object");
        return resources;
    };
    let mut certificates: Vec<SourceRange> = Vec::new();
    let mut things: Vec<SourceRange> = Vec::new();
    let mut unreadable = false;
    // The last of duplicates counts. The duplicates have been reported.
    let mut last = NameIndex::default();
    for (index, member) in members.iter().enumerate().filter(|(_, member)| !context.is_taken(member.key_place)) {
        last.insert(&member.key, index);
    }
    for (index, member) in members.iter().enumerate() {
        if last.get(&member.key) != Some(index) || context.is_taken(member.key_place) {
            continue;
        }
        let Some(resource) = ResourceDeclaration::read(context, member, misplaced) else {
            unreadable = true;
            continue;
        };
        match resource.kind {
            "AWS::IoT::Thing" => {
                things.push(member.key_place);
                resources.declares_thing = true;
                resources.thing = thing_resource::read(context, names, &resource);
            }
            "AWS::IoT::Certificate" => {
                certificates.push(member.key_place);
                resources.certificate = Some(certificate_resource::read(context, names, &resource));
            }
            _ => resources.policies.push(policy_resource::read(context, names, &resource)),
        }
    }
    if unreadable && members.len() == 1 {
        return resources;
    }
    check_counts(context, names, section, &things, &certificates, &resources, unreadable);
    resources
}

#[cold]
fn check_counts(
    context: &mut Context,
    names: &DeclaredNames,
    section: &Node,
    things: &[SourceRange],
    certificates: &[SourceRange],
    resources: &Resources,
    unreadable: bool,
) {
    let open = opening(section);
    if certificates.len() > 1 {
        let message =
            format!("The template declares {} certificates; it must declare exactly one.", certificates.len());
        report_several(context, &rules::CERTIFICATE_COUNT, message, section, certificates);
    }
    if things.len() > 1 {
        let message = format!("The template declares {} things; it must declare at most one.", things.len());
        report_several(context, &rules::SEVERAL_THINGS, message, section, things);
    }
    if resources.policies.len() > limits::POLICIES_PER_CERTIFICATE {
        let message = format!(
            "The template attaches {} policies; AWS allows {}.",
            resources.policies.len(),
            limits::POLICIES_PER_CERTIFICATE
        );
        context.report(Finding::new(&rules::TOO_MANY_POLICIES, open, message));
    }
    // A resource that could not be read may be the one that seems to be missing.
    if unreadable {
        return;
    }
    if certificates.is_empty() && context.flow == Flow::Jitp {
        report_no_certificate(context, names, section);
    }
    if things.is_empty() {
        let message = "The template declares no thing: the device gets a certificate and no entry in the registry.";
        context.report(Finding::new(&rules::NO_THING, open, message));
    }
    // Without a certificate there is nothing to attach a policy to.
    if resources.policies.is_empty() && (context.flow == Flow::Jitp || !certificates.is_empty()) {
        let message = "The template declares no policy: nothing in it lets the device connect.";
        context.report(
            Finding::new(&rules::NO_POLICY, open, message)
                .help("This is right if a policy is attached in another way, for example to a thing group."),
        );
    }
}

#[cold]
fn report_no_certificate(context: &mut Context, names: &DeclaredNames, section: &Node) {
    let key = "certificate";
    let edits = if section.get(key).is_some() {
        Vec::new()
    } else {
        let property = format!("{{\"CertificateId\": {}}}", reference(ID_PARAMETER));
        let resource = format!("{{\"Type\": \"AWS::IoT::Certificate\", \"Properties\": {property}}}");
        let mut edits = names.declare(ID_PARAMETER);
        edits.push(context.sources.insertion_point(section, InsertAt::Back).fill(key, &resource));
        edits
    };
    let message = "The template declares no certificate; it must declare exactly one.";
    context.report(
        Finding::new(&rules::CERTIFICATE_COUNT, opening(section), message)
            .help(format!(
                "Add a resource of type AWS::IoT::Certificate with \"CertificateId\": {}.",
                reference(ID_PARAMETER)
            ))
            .fix_all("Add the certificate", edits),
    );
}

/// Reports a resource too many of a type. If there are two, a person can choose.
#[cold]
fn report_several(context: &mut Context, rule: &'static Rule, message: String, section: &Node, places: &[SourceRange]) {
    let [first, .., last] = places else { return };
    let mut finding = Finding::new(rule, *last, message).related("The first one.", *first);
    // Without one of them a Ref to it would name nothing, and of two with one name the other would come back.
    if places.len() == 2 && !context.has(&rules::REF_TO_RESOURCE) && !context.has(&rules::DUPLICATE_KEY) {
        for (kept, removed) in [(first, last), (last, first)] {
            let edits = context.sources.remove_members(section, &|member| member.key_place == *removed);
            finding = finding.choice(format!("Keep only {}", context.sources.slice(*kept)), edits);
        }
    }
    context.report(finding);
}
