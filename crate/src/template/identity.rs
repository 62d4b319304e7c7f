//! Whether the thing's name differs from device to device (rule R3.6).

use super::expression::Expression;
use super::names::DeclaredNames;
use super::names::reference;
use super::property::is_plain_name;
use super::resources::Resources;
use crate::check::{Context, quoted};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::limits::PREDEFINED_PREFIX;
use crate::rules;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How the values in a name depend on the device.
#[derive(Default)]
struct Dependencies {
    /// Whether one of them most likely differs from device to device.
    tells_devices: bool,
    /// The parameters in it, each once.
    parameters: Vec<usize>,
    /// Whether part of it could not be read.
    unknown: bool,
    /// The shared pieces that were followed: a short text can use one piece in very many places.
    seen: BTreeSet<*const Expression>,
}

/// Reports a name that no value of a certificate reaches, or only values that many devices share: all devices become one thing.
pub fn report(context: &mut Context, names: &DeclaredNames, resources: &Resources) {
    let Some(thing) = resources.thing.as_ref().filter(|_| context.flow != Flow::RegisterThing) else { return };
    let mut reach = Dependencies::default();
    follow(&thing.name.value, context.flow, names, &mut reach);
    if reach.tells_devices || reach.unknown {
        return;
    }
    let message = match (thing.name.value.literal(), &reach.parameters[..]) {
        // An unfilled placeholder, or a text that cannot be a name, has its own finding.
        (Some(text), _) if !is_plain_name(text) => return,
        (Some(text), _) => format!("The thing's name is {} for every device.", quoted(text)),
        (None, []) => "The thing's name is the same for many devices: nothing in it tells them apart.".to_owned(),
        (None, parameters) => {
            let list: Vec<&str> = parameters.iter().take(4).map(|index| &*names.parameters[*index].name).collect();
            // A parameter without a source of a value has its own finding.
            if parameters.iter().any(|index| names.parameters[*index].is_unfilled()) {
                return;
            }
            format!("The thing's name depends on {} only, which many devices share.", list.join(", "))
        }
    };
    let mut finding = Finding::new(&rules::SHARED_THING_NAME, thing.name.place, message).help(
        "The second device finds the thing of the first: both then share its attributes, groups and shadow. Name the thing by a value that tells the devices apart.",
    );
    if context.flow == Flow::Jitp {
        for tail in ["CommonName", "SerialNumber", "Id"] {
            let name = [PREDEFINED_PREFIX, tail].concat();
            let mut edits = names.declare(&name);
            edits.push((thing.name.place, reference(&name)));
            finding = finding.choice(format!("Name the thing by {tail}"), edits);
        }
    }
    context.report(finding);
}

fn follow(value: &Expression, flow: Flow, names: &DeclaredNames, reach: &mut Dependencies) {
    match value {
        Expression::Text(..) => {}
        Expression::Parameter(index, _) => {
            let source = names.parameters[*index].source;
            // In the other flows the caller passes them.
            reach.tells_devices |= source.tells_devices() || flow != Flow::Jitp;
            if !reach.parameters.contains(index) && reach.parameters.len() < 8 {
                reach.parameters.push(*index);
            }
        }
        // A resource is called by the certificate's ID, by a policy's name, or in a circle, which has its finding.
        Expression::Resource(..) | Expression::Invalid => reach.unknown = true,
        Expression::Join(_, _, inner)
        | Expression::Split(_, inner)
        | Expression::Quoted(inner, _)
        | Expression::Call(_, inner, _) => follow(inner, flow, names, reach),
        Expression::Select(index, list, _) => {
            follow(index, flow, names, reach);
            follow(list, flow, names, reach);
        }
        Expression::Concat(pieces) => {
            for (piece, _) in pieces {
                if reach.seen.insert(Arc::as_ptr(piece)) {
                    follow(piece, flow, names, reach);
                }
            }
        }
        // A table has as many values as rows, and these are few.
        Expression::FindInMap(..) => {}
        Expression::List(elements) => elements.iter().for_each(|element| follow(element, flow, names, reach)),
    }
}
