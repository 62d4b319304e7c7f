//! The Parameters section (rule R2), and the names that a Ref can mean.

use super::declaration::Declaration;
use super::expression::Expression;
use super::fleet_sections::Lookup;
use super::meant::meant_name;
use super::misplaced::{Belongs, Strays};
use super::other_flow;
use super::resources::{Declared, reference};
use crate::check::{Index, Judge, Known, quoted, report_type, write, wrong_type};
use crate::diagnostic::{Edits, Finding};
use crate::flow::Flow;
use crate::limits::PREDEFINED;
use crate::rules;
use crate::source::{At, Member, Node, Place, Slot, quote};
use std::sync::Arc;

/// A parameter that a template declares, or one of the eight that it uses without declaring it.
#[derive(Clone, Debug)]
pub struct ParameterDeclaration {
    /// The full name.
    pub name: Arc<str>,
    /// The `Default`.
    pub default: Option<Arc<str>>,
    /// Where the name is declared; `None` for one that is only used.
    pub declared: Option<Place>,
    /// What AWS fills it from.
    pub source: Source,
    /// Whether anything refers to it.
    pub used: bool,
}

/// What a parameter is filled from (rule R2.3 to R2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The subject attribute `2.5.4.n`.
    Attribute(u8),
    /// The certificate ID.
    Id,
    /// Nothing: it is none of the eight, so that only its `Default` can give it a value.
    Nothing,
}

impl ParameterDeclaration {
    /// Whether nothing can give it a value.
    pub fn is_unfilled(&self) -> bool {
        self.source == Source::Nothing && self.default.is_none()
    }
}

impl Source {
    /// Whether a value most likely tells one device from another, as a country or an organization does not.
    pub fn tells_devices(self) -> bool {
        matches!(self, Source::Id | Source::Attribute(COMMON_NAME | SERIAL_NUMBER | QUALIFIER))
    }

    fn of(name: &str) -> Self {
        match PREDEFINED.iter().find(|(predefined, _)| *predefined == name) {
            Some((_, Some(arc))) => Source::Attribute(*arc),
            Some((_, None)) => Source::Id,
            None => Source::Nothing,
        }
    }
}

/// The X.520 attributes that people give each device a value of its own in.
const COMMON_NAME: u8 = 3;
const SERIAL_NUMBER: u8 = 5;
const QUALIFIER: u8 = 46;

/// Keys of a parameter's declaration.
pub const PARAMETER_KEYS: [&str; 3] = ["Type", "Default", "Description"];

/// What a name in a Ref can mean.
#[derive(Default)]
pub struct Names {
    /// Parameters in the order of declaration, then those used without declaration.
    pub parameters: Vec<ParameterDeclaration>,
    /// Where in `parameters` a name stands.
    pub(super) by_name: Index,
    /// Where the logical names of resources stand.
    resources: Vec<Place>,
    /// Where in `resources` a logical name stands.
    by_logical_name: Index,
    /// Where a declaration can be added, and whether it takes the section with it.
    slot: Option<(Slot, bool)>,
    /// Where names stand that may have to be written otherwise: those of parameters that nothing fills.
    pub(super) uses: Vec<(usize, Use)>,
    /// Those of the eight that a declaration with a slip means: the slip is the finding, not the name that is missing for it.
    pub(super) slips: Vec<&'static str>,
    /// Whether a resource is declared to be a thing.
    pub declares_thing: bool,
    /// What Fn::FindInMap looks for.
    pub lookups: Vec<Lookup>,
    /// Names that mean nothing.
    pub(super) dangling: Vec<(String, Use)>,
}

/// A place that names a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Where the name stands: a string in a Ref, the bare name in the text of Fn::Sub.
    pub place: Place,
    /// Whether it is a Ref.
    pub is_ref: bool,
}

impl Use {
    /// The edit that writes another name here.
    pub fn rename(&self, name: &str) -> (Place, String) {
        (self.place, if self.is_ref { quote(name) } else { name.to_owned() })
    }
}

/// A declaration's value.
pub const STRING: &str = "{\"Type\": \"String\"}";

impl Names {
    /// Reads the Parameters section of `body`, where there is one.
    pub fn read<'n>(
        judge: &mut Judge,
        body: &Node,
        section: Option<&'n Node>,
        resources: &Declared,
        misplaced: &Strays<'n>,
    ) -> Self {
        let mut names = Self::default();
        for (name, kind, place) in resources {
            names.declares_thing |= kind.as_deref() == Some("AWS::IoT::Thing");
            names.by_logical_name.insert(name, names.resources.len());
            names.resources.push(*place);
        }
        let Some(section) = section else {
            names.slot = Some((judge.sources.slot(body, At::Front), true));
            return names;
        };
        let Some(members) = section.as_object() else {
            report_type(judge, section, "Parameters", "an object");
            return names;
        };
        if judge.options.flow != Flow::Jitp {
            let declared: Vec<_> = members.iter().map(|member| (member.key.as_str(), member.key_place)).collect();
            other_flow::report_predefined(judge, &declared);
        }
        names.slot = Some((judge.sources.slot(section, At::Back), false));
        let stray = misplaced.of(Belongs::Parameters).map(|(_, member)| member);
        for member in members.iter().chain(stray) {
            if judge.is_taken(member.key_place) && section.place.contains(&member.key_place) {
                continue;
            }
            let parameter = declaration(judge, member, misplaced);
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

    fn add(&mut self, parameter: ParameterDeclaration) {
        self.by_name.insert(&parameter.name, self.parameters.len());
        self.parameters.push(parameter);
    }

    /// What `name` means where a Ref, or a `${name}` of Fn::Sub, names it.
    pub fn refer(&mut self, judge: &mut Judge, name: &str, used: Use) -> Expression {
        let place = used.place;
        if let Some(index) = self.by_name.get(name) {
            let parameter = &mut self.parameters[index];
            parameter.used = true;
            if parameter.declared.is_none() || parameter.is_unfilled() {
                self.uses.push((index, used));
            }
            return Expression::Parameter(index, place);
        }
        if let Some(declared) = self.by_logical_name.get(name).map(|index| self.resources[index]) {
            let message = format!(
                "{} is a resource, not a parameter; what a Ref to a resource gives is not documented.",
                quoted(name)
            );
            judge.report(
                Finding::new(&rules::REF_TO_RESOURCE, place, message)
                    .help("Refer to the parameter that the resource is made of.")
                    .related("The resource.", declared),
            );
            return Expression::Resource(name.to_owned(), place);
        }
        // RegisterThing has no certificate to fill any from but what its caller gives.
        if is_predefined(name) && judge.flow != Flow::RegisterThing {
            let source = Source::of(name);
            self.uses.push((self.parameters.len(), used));
            self.add(ParameterDeclaration { name: name.into(), default: None, declared: None, source, used: true });
            return Expression::Parameter(self.parameters.len() - 1, place);
        }
        if !judge.is_full() {
            self.dangling.push((name.to_owned(), used));
        }
        Expression::Invalid
    }

    /// The edit that declares a parameter; none where it is declared already.
    #[cold]
    pub fn declare(&self, name: &str) -> Edits {
        let declared = self.by_name.get(name).is_some_and(|index| self.parameters[index].declared.is_some())
            || self.slips.contains(&name);
        match &self.slot {
            Some((slot, false)) if !declared => vec![slot.fill(name, STRING)],
            Some((slot, true)) if !declared => {
                vec![slot.fill("Parameters", &format!("{{{}: {STRING}}}", quote(name)))]
            }
            _ => Vec::new(),
        }
    }

    /// The edits that add a property with a Ref to one of the eight, and declare that.
    #[cold]
    pub fn reference(&self, judge: &Judge, resource: &Declaration<'_>, key: &str, name: &str) -> Edits {
        let mut edits = resource.add(judge, key, &reference(name));
        edits.extend(self.declare(name));
        edits
    }
}

fn declaration<'n>(judge: &mut Judge, member: &'n Member, misplaced: &Strays<'n>) -> ParameterDeclaration {
    let name = member.key.clone();
    let source = Source::of(&name);
    let mut default = None;
    if member.value.as_object().is_some() {
        let mut known = Known::read(judge, &member.value, &PARAMETER_KEYS, "a parameter");
        misplaced.of(Belongs::Declaration(member.key_place)).for_each(|(key, member)| known.add(key, member));
        match known.get("Type") {
            None => {
                let message = format!("The parameter {} has no Type.", quoted(&name));
                let edit = judge.sources.slot(&member.value, At::Front).fill("Type", "\"String\"");
                judge.report(
                    Finding::new(&rules::PARAMETER_TYPE, member.key_place, message)
                        .help("Add \"Type\": \"String\".")
                        .fix_all("Add the Type", vec![edit]),
                );
            }
            Some(node) if node.as_str() != Some("String") => {
                let message = format!(
                    "The Type of {} is {}; AWS documents \"String\" only.",
                    quoted(&name),
                    judge.sources.slice(node.place)
                );
                judge.report(Finding::new(&rules::PARAMETER_TYPE, node.place, message).fix(
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
                    report_type(judge, node, "A Default", "a string");
                    None
                }
                None => {
                    super::expression::read(judge, &mut Names::default(), node, "A Default").literal().map(Arc::from)
                }
            };
        }
    } else {
        let finding = wrong_type(&member.value, "A parameter's declaration", "an object");
        let is_type = member.value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("String"))
            && !PARAMETER_KEYS.contains(&name.as_str());
        judge.report(if is_type {
            finding.fix(format!("Write {STRING}"), member.value.place, STRING)
        } else {
            finding
        });
    }
    ParameterDeclaration { name: name.into(), default, declared: Some(member.key_place), source, used: false }
}

/// Whether a name is one of the eight that JITP fills.
pub fn is_predefined(name: &str) -> bool {
    PREDEFINED.iter().any(|(predefined, _)| *predefined == name)
}

/// The names of the eight parameters of JITP.
pub fn predefined_names() -> [&'static str; PREDEFINED.len()] {
    PREDEFINED.map(|(name, _)| name)
}
