//! What is wrong between the declarations of parameters and their uses, once everything has been read (rules R2.6, R2.9).

use super::names::reference;
use super::names::{CertificateField, DeclaredNames, ParameterDeclaration, STRING, Use};
use super::resources::Resources;
use crate::check::{Context, KnownKeys, quoted};
use crate::diagnostic::{Edits, Finding};
use crate::flow::Flow;
use crate::input::meant::meant_name;
use crate::input::other_flow::{recognise_without, refers};
use crate::limits::{ID_PARAMETER, PREDEFINED, PREDEFINED_PREFIX, SERIAL_PARAMETER};
use crate::rules;
use crate::source::{InsertAt, Member, Node, quote};
use crate::vocabulary::{is_predefined, predefined_names};

impl DeclaredNames {
    /// Reports what is wrong between the declarations and their uses, once everything has been read.
    pub fn report(&mut self, context: &mut Context, known: &KnownKeys<'_>, body: &Node, made: &Resources) {
        let (section, resources) = (known.get("Parameters"), known.get("Resources"));
        // The declarations of a section that is not an object are unknown.
        if section.is_some_and(|section| section.as_object().is_none()) {
            return;
        }
        // Nor what could not be read would have used.
        let unread = |name: &str| {
            resources.is_none_or(|resources| resources.as_object().is_none()) || refers(body, &|other| other == name)
        };
        for (name, used) in std::mem::take(&mut self.dangling) {
            self.report_undeclared(context, &name, used);
        }
        for (index, parameter) in self.parameters.iter().enumerate() {
            if context.is_full() {
                break;
            }
            let Some(declared) = parameter.declared else {
                if context.flow == Flow::Jitp && self.slips.contains(&&*parameter.name) {
                    continue;
                }
                self.report_predefined(context, index);
                continue;
            };
            let member = || section?.as_object()?.iter().find(|member| member.key_place == declared);
            if context.flow != Flow::Jitp {
                // The caller of RegisterThing passes the declared parameters.
                continue;
            }
            if parameter.is_unfilled() {
                self.report_unknown(context, index, section.zip(member()));
            } else if !parameter.used
                // Every certificate has an ID, and a default always rescues.
                && matches!(parameter.source, CertificateField::Attribute(_))
                // Every certificate has a serial number, and AWS's own samples declare it without a use.
                && *parameter.name != *SERIAL_PARAMETER
                && parameter.default.is_none()
                && !unread(&parameter.name)
            {
                // The last trace of JITP does not go.
                let can_go = recognise_without(body, None, Some(&parameter.name)).is_none();
                report_unused(context, parameter, section.zip(member()).map(|found| (found, can_go)), made);
            }
        }
    }

    #[cold]
    fn report_predefined(&self, context: &mut Context, index: usize) {
        let name = &*self.parameters[index].name;
        // In fleet provisioning AWS's own example uses the certificate's ID undeclared.
        if context.flow == Flow::Fleet && name == ID_PARAMETER {
            return;
        }
        let Some((_, used)) = self.uses.iter().find(|(used, _)| *used == index) else { return };
        let message = [name, " is used but not declared in Parameters", &foreign(context.flow, name), "."].concat();
        context.report(
            Finding::new(&rules::UNDECLARED_PREDEFINED, used.place, message)
                .help(format!("Declare it: {}: {STRING}.", quoted(name)))
                .fix_all(format!("Declare {name}"), self.declare(name)),
        );
    }

    #[cold]
    fn report_undeclared(&mut self, context: &mut Context, name: &str, used: Use) {
        if context.is_full() {
            return;
        }
        let what = if used.is_ref { "Ref" } else { "Fn::Sub" };
        let message = match name {
            "" => format!("The name in {what} is empty."),
            _ => [
                what,
                " names ",
                &quoted(name),
                ", which is not declared in Parameters",
                &foreign(context.flow, name),
                ".",
            ]
            .concat(),
        };
        let mut finding = Finding::new(&rules::UNDECLARED_REF, used.place, message);
        let declared = self.parameters.iter().filter(|parameter| parameter.declared.is_some());
        let declared = declared.map(|parameter| &*parameter.name);
        // Fleet provisioning fills the ID only, the last of the eight, and RegisterThing none.
        let filled = match context.flow {
            Flow::Jitp => &PREDEFINED[..],
            Flow::Fleet => &PREDEFINED[PREDEFINED.len() - 1..],
            Flow::RegisterThing => &[],
        };
        let candidates = filled.iter().map(|(predefined, _)| *predefined).chain(declared);
        let kept = (!used.is_ref && name.contains(':')).then(|| format!("!{name}"));
        if let Some(kept) = kept.filter(|_| !name.starts_with("AWS::")) {
            finding = finding.help(format!("To keep it as a policy variable write ${{{kept}}}.")).fix(
                "Keep it as a policy variable",
                used.place,
                kept,
            );
        } else if PSEUDO.contains(&name) {
            finding = finding.help(
                "CloudFormation has this pseudo parameter; AWS documents none for provisioning templates. \
                 Write the value itself.",
            );
        } else if let Some(near) = meant_name(name, candidates).map(str::to_owned) {
            let mut edits = vec![used.rename(&near)];
            if is_predefined(&near) {
                edits.extend(self.declare(&near));
            }
            finding =
                finding.help(format!("Did you mean {}?", quoted(&near))).fix_all(format!("Refer to {near}"), edits);
            if let Some(index) = self.by_name.get(&near)
                && let Some(declared) = self.parameters[index].declared
            {
                self.parameters[index].used = true;
                finding = finding.related("It is declared here.", declared);
            }
        } else if context.flow != Flow::Jitp {
            finding = finding.fix_all(format!("Declare {name}"), self.declare(name));
        } else if !name.is_empty() {
            finding = finding.help(
                "JITP fills eight parameters from the device's certificate, all AWS::IoT::Certificate::…. Any other must be \
                 declared with a Default.",
            );
        }
        context.report(finding);
    }

    #[cold]
    fn report_unknown(&self, context: &mut Context, index: usize, declared: Option<(&Node, &Member)>) {
        let Some((section, member)) = declared.filter(|_| !context.is_full()) else { return };
        let message = format!("No certificate can give {} a value, and it has no Default.", quoted(&member.key));
        let mut finding = Finding::new(&rules::UNKNOWN_PARAMETER, member.key_place, message);
        let uses = || self.uses.iter().filter(|(used, _)| *used == index).map(|(_, used)| used);
        if let Some(used) = uses().next() {
            finding = finding.related("It is used here.", used.place);
        }
        context.report(match meant_name(&member.key, predefined_names().into_iter()) {
            Some(near) => {
                // If the correct one is already declared, the wrong one is removed.
                let (title, mut edits) = match self.by_name.get(near).and_then(|index| self.parameters[index].declared)
                {
                    Some(_) => (format!("Use {near} instead"), remove_named(context, section, member)),
                    None => (format!("Rename it to {near}"), rename_all(section, &member.key, near)),
                };
                edits.extend(uses().map(|used| used.rename(near)));
                finding.help(format!("Did you mean {}?", quoted(near))).fix_all(title, edits)
            }
            None => {
                let finding = finding.help(format!(
                    "JITP fills eight parameters, all AWS::IoT::Certificate::…: {}. Give this one a Default, or remove it.",
                    PREDEFINED.map(|(name, _)| &name[PREDEFINED_PREFIX.len()..]).join(", ")
                ));
                let default = add_default(context, member);
                if self.parameters[index].used || default.is_empty() {
                    finding
                } else {
                    finding
                        .choice(ADD_DEFAULT, default)
                        .choice(REMOVE_IT, remove_named(context, section, member))
                }
            }
        });
    }
}

/// The parameters of AWS's examples for the flows in which a caller passes them.
const GIVEN: [(&str, &str); 7] = [
    ("SerialNumber", "fleet provisioning and RegisterThing"),
    ("DeviceLocation", "fleet provisioning"),
    ("ThingName", "fleet provisioning and RegisterThing"),
    ("Location", "RegisterThing"),
    ("CSR", "RegisterThing"),
    ("CertificateSigningRequest", "RegisterThing"),
    ("CertificatePem", "RegisterThing"),
];

/// The flow that an undeclared name belongs to, as the end of a sentence. Empty if that is unknown.
#[cold]
fn foreign(flow: Flow, name: &str) -> String {
    if flow != Flow::Jitp {
        let is_own = is_predefined(name) && !(flow == Flow::Fleet && name == ID_PARAMETER);
        let clause = if is_own { ": it is filled from the certificate in JITP only" } else { "" };
        return clause.to_owned();
    }
    match GIVEN.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)) {
        Some((_, flows)) => [": the caller gives it in ", flows, ", and JITP has no caller"].concat(),
        None => String::new(),
    }
}

/// The edits that remove a declaration with its duplicates.
#[cold]
fn remove_named(context: &Context, section: &Node, member: &Member) -> Edits {
    if context.has(&rules::DUPLICATE_KEY) {
        return context.sources.remove_members(section, &|other| other.key == member.key);
    }
    vec![context.sources.remove_member(section, member)]
}

/// The edits that rename a declaration with its duplicates.
#[cold]
fn rename_all(section: &Node, name: &str, near: &str) -> Edits {
    let members = section.as_object().unwrap_or_default().iter().filter(|member| member.key == name);
    members.map(|member| (member.key_place, quote(near))).collect()
}

const REMOVE_IT: &str = "Remove the parameter";
const ADD_DEFAULT: &str = "Add a Default, \"unknown\"";

/// The edits that give a declaration a `Default`; none if there is not an object to add it to.
#[cold]
fn add_default(context: &Context, member: &Member) -> Edits {
    if member.value.as_object().is_none() || member.value.get("Default").is_some() {
        return Edits::new();
    }
    vec![context.sources.insertion_point(&member.value, InsertAt::Back).fill("Default", "\"unknown\"")]
}

/// The parameters that CloudFormation fills itself.
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

#[cold]
fn report_unused(
    context: &mut Context,
    parameter: &ParameterDeclaration,
    declared: Option<((&Node, &Member), bool)>,
    made: &Resources,
) {
    let Some(((section, member), can_go)) = declared else { return };
    let name = &*parameter.name;
    let message = format!("{name} is declared and not used; a device whose certificate lacks it still fails.");
    let mut finding = Finding::new(&rules::UNUSED_PARAMETER, member.key_place, message);
    // If the thing has one name for all devices, that is why the parameter that differs is not used.
    let fixed =
        made.thing.as_ref().filter(|thing| parameter.source.tells_devices() && thing.name.value.literal().is_some());
    finding = match fixed {
        Some(thing) => finding
            .help("Name the thing by it: its name is the same for every device.")
            .related("The thing's name.", thing.name.place),
        None => finding.help("Remove it, unless you want such devices to fail."),
    };
    let default = add_default(context, member);
    // One choice alone is none.
    if usize::from(fixed.is_some()) + usize::from(can_go) + usize::from(!default.is_empty()) > 1 {
        if let Some(thing) = fixed {
            let title = format!("Name the thing by {}", name.trim_start_matches(PREDEFINED_PREFIX));
            finding = finding.choice(title, vec![(thing.name.place, reference(name))]);
        }
        let remove = if can_go { remove_named(context, section, member) } else { Edits::new() };
        finding = finding.choice(REMOVE_IT, remove).choice(ADD_DEFAULT, default);
    }
    context.report(finding);
}
