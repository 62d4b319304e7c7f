//! The names that a Ref can mean: parameters and resources.

use super::expression::Expression;
use crate::check::{Context, NameIndex, get_as_meant, quoted};
use crate::diagnostic::{Edits, Finding};
use crate::flow::Flow;
use crate::limits::PREDEFINED;
use crate::rules;
use crate::source::{InsertionPoint, Member, Node, SourceRange, quote};
use crate::vocabulary::is_predefined;
use std::sync::Arc;

/// A parameter that a template declares, or one of the eight that it uses without declaring it.
#[derive(Clone, Debug)]
pub struct ParameterDeclaration {
    /// The full name.
    pub name: Arc<str>,
    /// The `Default`.
    pub default: Option<Arc<str>>,
    /// Where the name is declared; `None` for one that is only used.
    pub declared: Option<SourceRange>,
    /// The certificate field that AWS fills it from.
    pub source: CertificateField,
    /// Whether anything refers to it.
    pub used: bool,
}

/// The certificate field that fills a parameter (rules R2.3 to R2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateField {
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
        self.source == CertificateField::Nothing && self.default.is_none()
    }
}

impl CertificateField {
    /// Whether a value most likely differs from device to device, unlike a country or an organization.
    pub fn tells_devices(self) -> bool {
        matches!(self, CertificateField::Id | CertificateField::Attribute(COMMON_NAME | SERIAL_NUMBER | QUALIFIER))
    }

    pub(super) fn of(name: &str) -> Self {
        match PREDEFINED.iter().find(|(predefined, _)| *predefined == name) {
            Some((_, Some(arc))) => CertificateField::Attribute(*arc),
            Some((_, None)) => CertificateField::Id,
            None => CertificateField::Nothing,
        }
    }
}

/// The X.520 attributes that people give each device a value of its own in.
const COMMON_NAME: u8 = 3;
const SERIAL_NUMBER: u8 = 5;
const QUALIFIER: u8 = 46;

/// The keys of a use of Fn::FindInMap, as far as they are written out, and their places.
pub type MapLookup = ([Option<Arc<str>>; 3], [SourceRange; 3]);

/// The logical name and declared type of each resource, with its place.
pub type Declared = Vec<(String, Option<String>, SourceRange)>;

/// The logical names, before anything else is read: a Ref may come before what it names.
pub fn declared(section: Option<&Node>) -> Declared {
    let members = section.and_then(Node::as_object).unwrap_or_default();
    let type_of = |member: &Member| get_as_meant(&member.value, "Type").and_then(Node::as_str).map(str::to_owned);
    members.iter().map(|member| (member.key.clone(), type_of(member), member.key_place)).collect()
}

/// The names that a Ref can use.
#[derive(Default)]
pub struct DeclaredNames {
    /// Parameters in the order of declaration, then those used without declaration.
    pub parameters: Vec<ParameterDeclaration>,
    /// The position of a name in `parameters`.
    pub(super) by_name: NameIndex,
    /// The places of the logical names of resources.
    pub(super) resources: Vec<SourceRange>,
    /// The position of a logical name in `resources`.
    pub(super) by_logical_name: NameIndex,
    /// Where a declaration can be added, and whether the section must be added with it.
    pub(super) slot: Option<(InsertionPoint, bool)>,
    /// Names that may have to be changed: those of parameters without a source of a value.
    pub(super) uses: Vec<(usize, Use)>,
    /// Those of the eight that a declaration with a slip means: the slip is the finding, not the name that is missing for it.
    pub(super) slips: Vec<&'static str>,
    /// Whether a resource is declared to be a thing.
    pub declares_thing: bool,
    /// The keys that Fn::FindInMap looks up.
    pub lookups: Vec<MapLookup>,
    /// Names that mean nothing.
    pub(super) dangling: Vec<(String, Use)>,
}

/// A place that names a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// The place of the name: a string in a Ref, the bare name in the text of Fn::Sub.
    pub place: SourceRange,
    /// Whether it is a Ref.
    pub is_ref: bool,
}

impl Use {
    /// The edit that writes another name here.
    pub fn rename(&self, name: &str) -> (SourceRange, String) {
        (self.place, if self.is_ref { quote(name) } else { name.to_owned() })
    }
}

/// A declaration's value.
pub const STRING: &str = "{\"Type\": \"String\"}";

impl DeclaredNames {
    pub(super) fn add(&mut self, parameter: ParameterDeclaration) {
        self.by_name.insert(&parameter.name, self.parameters.len());
        self.parameters.push(parameter);
    }

    /// The meaning of `name` in a Ref, or in a `${name}` of Fn::Sub.
    pub fn refer(&mut self, context: &mut Context, name: &str, used: Use) -> Expression {
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
                "{} is a resource, not a parameter; the value of a Ref to a resource is not documented.",
                quoted(name)
            );
            context.report(
                Finding::new(&rules::REF_TO_RESOURCE, place, message)
                    .help("Refer to the parameter that the resource uses.")
                    .related("The resource.", declared),
            );
            return Expression::Resource(name.to_owned(), place);
        }
        // RegisterThing fills no parameter from a certificate, unless its caller passes one.
        if is_predefined(name) && context.flow != Flow::RegisterThing {
            let source = CertificateField::of(name);
            self.uses.push((self.parameters.len(), used));
            self.add(ParameterDeclaration { name: name.into(), default: None, declared: None, source, used: true });
            return Expression::Parameter(self.parameters.len() - 1, place);
        }
        if !context.is_full() {
            self.dangling.push((name.to_owned(), used));
        }
        Expression::Invalid
    }

    /// The edit that declares a parameter; none if it is declared already.
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
}

/// A Ref, as JSON.
#[cold]
pub fn reference(name: &str) -> String {
    ["{\"Ref\": \"", name, "\"}"].concat()
}
