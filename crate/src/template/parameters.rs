//! The Parameters section (rule R2), and the names that a Ref can mean.

use super::misplaced::{Destination, MisplacedKeys};
use super::names::Declared;
use super::names::{CertificateField, DeclaredNames, ParameterDeclaration, STRING};
use super::value;
use crate::check::{Context, KnownKeys, quoted, report_type, write, wrong_type};
use crate::diagnostic::Finding;
use crate::flow::Flow;
use crate::input::meant::meant_name;
use crate::input::other_flow;
use crate::limits::PREDEFINED;
use crate::rules;
use crate::source::{InsertAt, Member, Node};
use crate::vocabulary::{PARAMETER_KEYS, predefined_names};
use std::sync::Arc;

impl DeclaredNames {
    /// Reads the Parameters section of `body`, if there is one.
    pub fn read<'n>(
        context: &mut Context,
        body: &Node,
        section: Option<&'n Node>,
        resources: &Declared,
        misplaced: &MisplacedKeys<'n>,
    ) -> Self {
        let mut names = Self::default();
        for (name, kind, place) in resources {
            names.declares_thing |= kind.as_deref() == Some("AWS::IoT::Thing");
            names.by_logical_name.insert(name, names.resources.len());
            names.resources.push(*place);
        }
        let Some(section) = section else {
            names.slot = Some((context.sources.insertion_point(body, InsertAt::Front), true));
            return names;
        };
        let Some(members) = section.as_object() else {
            report_type(context, section, "Parameters", "an object");
            return names;
        };
        if context.options.flow != Flow::Jitp {
            let declared: Vec<_> = members.iter().map(|member| (member.key.as_str(), member.key_place)).collect();
            other_flow::report_predefined(context, &declared);
        }
        names.slot = Some((context.sources.insertion_point(section, InsertAt::Back), false));
        let stray = misplaced.of(Destination::Parameters).map(|(_, member)| member);
        for member in members.iter().chain(stray) {
            if context.is_taken(member.key_place) && section.place.contains(&member.key_place) {
                continue;
            }
            let parameter = declaration(context, member, misplaced);
            match names.by_name.get(&parameter.name) {
                Some(index) => names.parameters[index] = parameter,
                None => names.add(parameter),
            }
        }
        let unfilled = names.parameters.iter().filter(|parameter| parameter.is_unfilled());
        let meant = |parameter: &ParameterDeclaration| meant_name(&parameter.name, predefined_names().into_iter());
        names.slips = unfilled.take(PREDEFINED.len()).filter_map(meant).collect();
        names
    }
}

fn declaration<'n>(context: &mut Context, member: &'n Member, misplaced: &MisplacedKeys<'n>) -> ParameterDeclaration {
    let name = member.key.clone();
    let source = CertificateField::of(&name);
    let mut default = None;
    if member.value.as_object().is_some() {
        let mut known = KnownKeys::read(context, &member.value, &PARAMETER_KEYS, "a parameter");
        misplaced.of(Destination::Declaration(member.key_place)).for_each(|(key, member)| known.add(key, member));
        match known.get("Type") {
            None => {
                let message = format!("The parameter {} has no Type.", quoted(&name));
                let edit = context.sources.insertion_point(&member.value, InsertAt::Front).fill("Type", "\"String\"");
                context.report(
                    Finding::new(&rules::PARAMETER_TYPE, member.key_place, message)
                        .help("Add \"Type\": \"String\".")
                        .fix_all("Add the Type", vec![edit]),
                );
            }
            Some(node) if node.as_str() != Some("String") => {
                let message = format!(
                    "The Type of {} is {}; AWS documents \"String\" only.",
                    quoted(&name),
                    context.sources.slice(node.place)
                );
                context.report(Finding::new(&rules::PARAMETER_TYPE, node.place, message).fix(
                    write("String"),
                    node.place,
                    "\"String\"",
                ));
            }
            Some(_) => {}
        }
        if let Some(node) = known.get("Default") {
            default = match node.as_object() {
                // A Default is given, not computed.
                Some(_) => {
                    report_type(context, node, "A Default", "a string");
                    None
                }
                None => value::read(context, &mut DeclaredNames::default(), node, "A Default").literal().map(Arc::from),
            };
        }
    } else {
        let finding = wrong_type(&member.value, "A parameter's declaration", "an object");
        let is_type = member.value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("String"))
            && !PARAMETER_KEYS.contains(&name.as_str());
        context.report(if is_type {
            finding.fix(format!("Write {STRING}"), member.value.place, STRING)
        } else {
            finding
        });
    }
    ParameterDeclaration { name: name.into(), default, declared: Some(member.key_place), source, used: false }
}
