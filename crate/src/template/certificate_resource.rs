//! The certificate resource (rule R3.4).

use super::expression::Expression;
use super::names::reference;
use super::names::{CertificateField, DeclaredNames, ParameterDeclaration};
use super::overrides::{self, Overrides};
use super::property::{Property, property};
use super::resource_declaration::ResourceDeclaration;
use crate::check::{Context, nearest, quoted, same_but_spelling, write};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::ID_PARAMETER;
use crate::rules;
use crate::source::{Member, Node};
use crate::vocabulary::{CERTIFICATE_KEYS, OTHER_FLOW_KEYS, PRINCIPAL_TYPES, STATUSES};

/// The certificate resource.
#[derive(Clone, Debug)]
pub struct CertificateResource {
    /// `CertificateId`
    pub id: Option<Property>,
    /// `Status`. Default: ACTIVE.
    pub status: Option<Property>,
    /// `ThingPrincipalType`
    pub principal_type: Option<Property>,
    /// The source of the certificate, unless it is named by its ID.
    pub own: Option<&'static str>,
    /// `OverrideSettings`, as far as they are valid.
    pub overrides: Overrides,
}

/// Reads a certificate resource.
pub fn read(
    context: &mut Context,
    names: &mut DeclaredNames,
    resource: &ResourceDeclaration<'_>,
) -> CertificateResource {
    let known = resource.known(context, &CERTIFICATE_KEYS, "a certificate's Properties");
    let others: Vec<&Member> = OTHER_FLOW_KEYS.into_iter().filter_map(|key| known.member(key)).collect();
    let id = property(context, names, known.member("CertificateId"));
    for other in &others {
        // Reading it marks its parameter as used.
        let _ = property(context, names, Some(other));
    }
    if context.flow == Flow::RegisterThing {
        check_sources(context, resource, known.member("CertificateId"), &others);
    } else {
        report_other_flow(context, names, resource, &others, id.is_some());
        // A name that only such a property uses is removed with it.
        names.dangling.retain(|(_, used)| !others.iter().any(|other| other.value.place.contains(&used.place)));
    }
    match &id {
        None if others.is_empty() && context.flow != Flow::RegisterThing && !resource.unreadable => {
            report_no_id(context, names, resource);
        }
        Some(id) if id.value.literal() == Some("") && context.flow != Flow::RegisterThing => {
            report_empty_id(context, names, id);
        }
        Some(id) if context.flow == Flow::Jitp => check_certificate_id(context, names, id),
        _ => {}
    }
    let status = property(context, names, known.member("Status"));
    if let Some(status) = &status {
        check_status(context, names, status);
    }
    let settings = resource.overrides.map(|member| &member.value);
    let overridden = overrides::read(context, &resource.member.value, resource.overrides, &overrides::CERTIFICATE);
    if context.flow == Flow::Jitp && overridden.of("Status") == Some("FAIL") {
        report_status_fail(context, settings);
    }
    let principal_type = property(context, names, known.member("ThingPrincipalType"));
    if let Some(kind) = &principal_type {
        check_principal_type(context, kind);
    }
    let own = OTHER_FLOW_KEYS.into_iter().find(|key| known.member(key).is_some());
    CertificateResource { id, status, principal_type, own, overrides: overridden }
}

#[cold]
fn report_no_id(context: &mut Context, names: &DeclaredNames, resource: &ResourceDeclaration<'_>) {
    let edits = names.reference(context, resource, "CertificateId", ID_PARAMETER);
    context.report(
        Finding::new(&rules::MISSING_CERTIFICATE_ID, resource.missing_place(), "The certificate has no CertificateId.")
            .help(format!("Add \"CertificateId\": {}.", reference(ID_PARAMETER)))
            .fix_all("Add the CertificateId", edits),
    );
}

/// An empty text counts as absent, as AWS is known to read an empty PolicyName.
#[cold]
fn report_empty_id(context: &mut Context, names: &DeclaredNames, id: &Property) {
    let mut edits = names.declare(ID_PARAMETER);
    edits.push((id.place, reference(ID_PARAMETER)));
    context.report(
        Finding::new(&rules::MISSING_CERTIFICATE_ID, id.place, "The CertificateId is empty, which counts as absent.")
            .fix_all(format!("Refer to {ID_PARAMETER}"), edits),
    );
}

/// In JITP the certificate exists before the template is used.
#[cold]
fn report_status_fail(context: &mut Context, settings: Option<&Node>) {
    let members = settings.and_then(Node::as_object).unwrap_or_default();
    let Some(member) = members.iter().find(|member| member.value.as_str() == Some("FAIL")) else { return };
    let message = "JITP registers the certificate before it uses the template, so the override FAIL always finds an existing one.";
    context.report(
        Finding::new(&rules::STATUS_FAIL, member.value.place, message)
            .help("Provisioning then most likely ends with a ResourceConflictsException.")
            .choice_of(member.value.place, &["REPLACE", "DO_NOTHING"]),
    );
}

/// The problem with a ThingPrincipalType.
#[cold]
pub fn principal_type_problem(text: &str) -> Option<String> {
    let problem = || format!("ThingPrincipalType is {}; it must be {}.", quoted(text), PRINCIPAL_TYPES.join(" or "));
    (!PRINCIPAL_TYPES.contains(&text)).then(problem)
}

fn check_principal_type(context: &mut Context, kind: &Property) {
    let Some(text) = kind.value.literal() else { return };
    let Some(problem) = principal_type_problem(text) else { return };
    let finding = Finding::new(&rules::PRINCIPAL_TYPE, kind.place, problem);
    let same = |known: &&str| same_but_spelling(text, known) || same_but_spelling(text, &known.replace("_THING", ""));
    let meant = PRINCIPAL_TYPES.into_iter().find(same).or_else(|| nearest(text, &PRINCIPAL_TYPES));
    context.report(match meant {
        Some(meant) => finding.fix(write(meant), kind.place, quoted(meant)),
        None => finding,
    });
}

/// CertificateSigningRequest, CertificatePem and CACertificatePem in a flow in which only a CertificateId works.
#[cold]
fn report_other_flow(
    context: &mut Context,
    names: &DeclaredNames,
    resource: &ResourceDeclaration<'_>,
    others: &[&Member],
    mut has_id: bool,
) {
    for other in others {
        let message = format!(
            "{} belongs to other provisioning flows; {} uses the certificate that the device connects with.",
            other.key,
            context.flow.name()
        );
        let finding = Finding::new(&rules::OTHER_FLOW_CERTIFICATE, other.key_place, message);
        let reference = format!("\"CertificateId\": {}", reference(ID_PARAMETER));
        context.report(if resource.is_outside(other) || resource.has_twice(other) {
            // It must be moved, or parted from its double, first.
            finding
        } else if has_id {
            finding.fix_all(format!("Remove {}", other.key), resource.remove(context, other))
        } else {
            has_id = true;
            let mut edits = names.declare(ID_PARAMETER);
            edits.push((other.place(), reference.clone()));
            finding.help(format!("Use {reference} instead.")).fix_all("Use the CertificateId instead", edits)
        });
    }
}

/// A Default of INACTIVE is the status of every device whose certificate has no other value, and of all devices if none
/// can have one.
#[cold]
fn report_default_status(context: &mut Context, parameter: &ParameterDeclaration, status: &Property) {
    let is_inactive = parameter.default.as_deref().is_some_and(|default| default.eq_ignore_ascii_case("INACTIVE"));
    if !is_inactive {
        return;
    }
    let whose = match parameter.source {
        CertificateField::Nothing if context.flow == Flow::Jitp => "every device",
        _ => "each device that gives no other value",
    };
    let message = format!("The Default of {} leaves the certificate of {whose} INACTIVE.", parameter.name);
    let mut finding = Finding::new(&rules::STATUS_INACTIVE, status.place, message)
        .help("Such a device cannot connect before someone sets its certificate to ACTIVE.");
    if let Some(declared) = parameter.declared {
        finding = finding.related("The parameter.", declared);
    }
    context.report(finding);
}

/// `RegisterThing` accepts a certificate in one of three ways.
#[cold]
fn check_sources(context: &mut Context, resource: &ResourceDeclaration<'_>, id: Option<&Member>, others: &[&Member]) {
    let sources: Vec<&Member> =
        id.into_iter().chain(others.iter().copied().filter(|member| member.key != "CACertificatePem")).collect();
    match sources[..] {
        [_] => {}
        [first, second, ..] => {
            let message = format!("The certificate is specified twice, by {} and by {}.", first.key, second.key);
            context.report(
                Finding::new(&rules::CERTIFICATE_SOURCES, second.key_place, message)
                    .related(format!("{} is here.", first.key), first.key_place)
                    .choice(format!("Keep {}", first.key), resource.remove(context, second))
                    .choice(format!("Keep {}", second.key), resource.remove(context, first)),
            );
        }
        [] => {
            let message =
                "The certificate has neither a CertificateId nor a CertificateSigningRequest nor a CertificatePem.";
            context.report(Finding::new(&rules::MISSING_CERTIFICATE_ID, resource.missing_place(), message));
        }
    }
}

fn check_certificate_id(context: &mut Context, names: &DeclaredNames, id: &Property) {
    let message = match &id.value {
        Expression::Text(..) => {
            "CertificateId is a fixed text: every device would be bound to that one certificate.".to_owned()
        }
        // A parameter without any source of a value is reported where it is declared.
        Expression::Parameter(index, _) if names.parameters[*index].is_unfilled() => return,
        Expression::Parameter(index, _) if names.parameters[*index].source != CertificateField::Id => {
            format!("CertificateId refers to {}, which is not the certificate's ID.", names.parameters[*index].name)
        }
        _ => return,
    };
    let mut edits = names.declare(ID_PARAMETER);
    edits.push((id.place, reference(ID_PARAMETER)));
    context.report(
        Finding::new(&rules::LITERAL_CERTIFICATE_ID, id.place, message)
            .fix_all(format!("Refer to {ID_PARAMETER}"), edits),
    );
}

fn check_status(context: &mut Context, names: &DeclaredNames, status: &Property) {
    let Some(text) = status.value.literal() else {
        if let Expression::Parameter(index, _) = &status.value {
            report_default_status(context, &names.parameters[*index], status);
        }
        return;
    };
    let upper = text.to_ascii_uppercase();
    let known = STATUSES.into_iter().find(|known| *known == upper);
    if upper == "INACTIVE" {
        let message = "The certificate ends INACTIVE: the device cannot connect before someone sets it to ACTIVE.";
        let edit = vec![(status.place, quoted("ACTIVE"))];
        let finding = Finding::new(&rules::STATUS_INACTIVE, status.place, message);
        // INACTIVE in another case has a fix for that at the same place.
        context.report(if text == upper { finding.proposal(write("ACTIVE"), edit) } else { finding });
    }
    let finding = match known {
        Some(known) if known == text => return,
        // AWS's own fleet templates write it so.
        Some(_) if context.flow == Flow::Fleet => return,
        Some(known) => {
            let message = format!("AWS accepts {} and documents {}.", quoted(text), quoted(known));
            Finding::new(&rules::STATUS_CASE, status.place, message).fix(
                format!("Write {}", quoted(known)),
                status.place,
                quoted(known),
            )
        }
        None => {
            let message = format!("{} is not a Status that a template can set.", quoted(text));
            let finding = Finding::new(&rules::STATUS, status.place, message)
                .help("Write ACTIVE or INACTIVE; without a Status it is ACTIVE.");
            match nearest(text, &["ACTIVE", "INACTIVE"]) {
                Some(near) => finding.fix(write(near), status.place, quoted(near)),
                None => finding.choice_of(status.place, &["ACTIVE", "INACTIVE"]),
            }
        }
    };
    context.report(finding);
}
