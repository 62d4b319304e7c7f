//! Recognises a template that is written for another flow, so that it gets one finding and not one for each of its parts.

use super::meant::slip_of;
use crate::check::{Context, get_as_meant, quoted};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::{ID_PARAMETER, PREDEFINED_PREFIX};
use crate::rules;
use crate::source::{Member, Node, SourceRange, Value};
use crate::vocabulary::{FLEET_SECTIONS, OTHER_FLOW_KEYS, PARAMETER_KEYS, is_predefined, predefined_names};

/// The flow that a template is written for, and the evidence.
pub struct Evidence {
    /// The flow.
    pub flow: Flow,
    /// Sections and properties that JITP does not have.
    keys: Vec<(String, SourceRange)>,
    /// Parameters that no certificate fills.
    parameters: Vec<(String, SourceRange)>,
}

/// The flow that a template is written for, if that is certainly not JITP.
pub fn recognise(body: &Node, envelope: Option<&Node>) -> Option<Evidence> {
    recognise_without(body, envelope, None)
}

/// The same for the template without one of the parameters that nothing refers to.
pub fn recognise_without(body: &Node, envelope: Option<&Node>, unused: Option<&str>) -> Option<Evidence> {
    let declared = get_as_meant(body, "Parameters").and_then(Node::as_object).unwrap_or_default();
    let clue = |member: &Member| (member.key.clone(), member.key_place);
    let sections = body.as_object().unwrap_or_default().iter();
    let sections = sections.filter(|member| FLEET_SECTIONS.contains(&member.key.as_str()));
    let mut keys: Vec<_> = sections.map(clue).collect();
    let fleet_only = !keys.is_empty();
    let own_certificate = own_certificate(body);
    keys.extend(own_certificate.map(clue));
    let parameters: Vec<_> = declared.iter().filter(|member| is_unfilled(member)).map(clue).collect();
    if keys.is_empty() && parameters.is_empty() {
        return None;
    }
    // One slip in a template that uses what only JITP has is a slip.
    let mut kept = declared.iter().filter(|member| Some(member.key.as_str()) != unused);
    if kept.any(|member| is_of_jitp(&member.key)) || refers(body, &is_of_jitp) {
        return None;
    }
    let created_for_fleet = envelope.and_then(|envelope| get_as_meant(envelope, "type")).and_then(Node::as_str);
    let flow = match own_certificate {
        _ if fleet_only || created_for_fleet == Some("FLEET_PROVISIONING") => Flow::Fleet,
        Some(_) => Flow::RegisterThing,
        None if refers(body, &|name| name == ID_PARAMETER) => Flow::Fleet,
        None => Flow::RegisterThing,
    };
    Some(Evidence { flow, keys, parameters })
}

/// Whether a parameter has neither a `Default` nor a name that may be meant for one of the eight. AWS's own fleet
/// templates declare a plain `SerialNumber`.
fn is_unfilled(member: &Member) -> bool {
    let is_misplaced = member.value.as_str().is_some() && PARAMETER_KEYS.contains(&member.key.as_str());
    !is_predefined(&member.key)
        && !is_misplaced
        && get_as_meant(&member.value, "Default").is_none()
        && (member.key == "SerialNumber" || !is_of_jitp(&member.key))
}

/// Whether a name is one of the eight but the certificate's ID, or is meant for one.
#[cold]
fn is_of_jitp(name: &str) -> bool {
    name != ID_PARAMETER
        && name != "SerialNumber"
        && (name.starts_with(PREDEFINED_PREFIX) || slip_of(name, &predefined_names()).is_some())
}

fn own_certificate(body: &Node) -> Option<&Member> {
    let resources = get_as_meant(body, "Resources").and_then(Node::as_object).unwrap_or_default();
    let properties = resources.iter().filter_map(|member| get_as_meant(&member.value, "Properties")?.as_object());
    properties.flatten().find(|member| OTHER_FLOW_KEYS.contains(&member.key.as_str()))
}

/// Whether a Ref anywhere below names something that `wanted` accepts.
#[cold]
pub fn refers(node: &Node, wanted: &dyn Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(|member| {
            let name = member.value.as_str().filter(|_| member.key.eq_ignore_ascii_case("Ref"));
            name.is_some_and(wanted) || refers(&member.value, wanted)
        }),
        Value::Array(elements) => elements.iter().any(|element| refers(element, wanted)),
        _ => false,
    }
}

/// Says once what the template is written for.
#[cold]
pub fn report(context: &mut Context, evidence: &Evidence) {
    let Some((_, place)) = evidence.keys.first().or(evidence.parameters.first()) else { return };
    let mut reasons = Vec::new();
    if !evidence.keys.is_empty() {
        reasons.push(format!("has {}", list(&evidence.keys)));
    }
    if !evidence.parameters.is_empty() {
        reasons.push(format!("needs values that no certificate gives: {}", list(&evidence.parameters)));
    }
    let message =
        format!("The template is written for {}, not for JITP: it {}.", evidence.flow.name(), reasons.join(", and "));
    let mut help = format!("To check it for its own flow, choose the flow \"{}\".", evidence.flow.word());
    help.push_str(
        " JITP fills eight parameters from the certificate that the device connects with, all AWS::IoT::Certificate::…",
    );
    help.push_str(if evidence.parameters.iter().any(|(name, _)| name == "SerialNumber") {
        ", among them AWS::IoT::Certificate::SerialNumber."
    } else {
        "."
    });
    let mut finding = Finding::new(&rules::OTHER_FLOW, *place, message).help(help).option("flow");
    for (what, place) in evidence.keys.iter().chain(&evidence.parameters).skip(1).take(9) {
        finding = finding.related(format!("JITP does not use {}.", quoted(what)), *place);
    }
    context.report(finding);
}

#[cold]
fn list(clues: &[(String, SourceRange)]) -> String {
    let names: Vec<&str> = clues.iter().map(|(name, _)| name.as_str()).take(4).collect();
    names.join(", ") + if clues.len() > names.len() { ", …" } else { "" }
}

/// Reports a registration config, which only JITP has, if the options name another flow.
#[cold]
pub fn report_envelope(context: &mut Context, place: SourceRange) {
    let message =
        format!("A registration config is attached to a CA for JITP; {} does not use it.", context.flow.name());
    let help = match context.flow {
        Flow::Fleet => "A fleet template is created with CreateProvisioningTemplate.",
        _ => "RegisterThing expects the template body itself.",
    };
    context.report(Finding::new(&rules::OTHER_FLOW, place, message).help(help));
}

/// Names once the parameters that only JITP fills.
#[cold]
pub fn report_predefined(context: &mut Context, declared: &[(&str, SourceRange)]) {
    let fills_id = context.flow == Flow::Fleet;
    let mut own = declared.iter().filter(|(name, _)| is_predefined(name) && !(fills_id && *name == ID_PARAMETER));
    let Some((name, place)) = own.next() else { return };
    let message = format!(
        "{name} is filled from the certificate in JITP only; in {} the caller must give it.",
        context.flow.name()
    );
    let mut finding = Finding::new(&rules::PREDEFINED_IN_OTHER_FLOW, *place, message);
    for (name, place) in own {
        finding = finding.related(format!("So is {name}."), *place);
    }
    context.report(finding);
}
