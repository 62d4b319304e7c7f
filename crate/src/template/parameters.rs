//! The Parameters section (rule R2), and the names that a Ref can mean.

use super::expression::Expression;
use super::flow::Flow;
use super::judge::Judge;
use super::keys::{Index, Known, nearest, quoted, report_type, same_but_spelling};
use super::other_flow;
use super::resources::Declared;
use crate::diagnostic::Finding;
use crate::limits::{ID_PARAMETER, PREDEFINED, PREDEFINED_PREFIX};
use crate::rules;
use crate::source::{Member, Node, Place, quote};
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
    used: bool,
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

impl Source {
    fn of(name: &str) -> Self {
        match PREDEFINED.iter().find(|(predefined, _)| *predefined == name) {
            Some((_, Some(arc))) => Source::Attribute(*arc),
            Some((_, None)) => Source::Id,
            None => Source::Nothing,
        }
    }
}

/// What a name in a Ref can mean.
#[derive(Default)]
pub struct Names {
    /// Parameters in the order of declaration, then those used without declaration.
    pub parameters: Vec<ParameterDeclaration>,
    /// Where in `parameters` a name stands.
    by_name: Index,
    /// Where the logical names of resources stand.
    resources: Vec<Place>,
    /// Where in `resources` a logical name stands.
    by_logical_name: Index,
}

impl Names {
    /// Reads the Parameters section, where there is one.
    pub fn read(judge: &mut Judge, section: Option<&Node>, resources: &Declared) -> Self {
        let mut names = Self::default();
        for (name, _, place) in resources {
            names.by_logical_name.insert(name, names.resources.len());
            names.resources.push(*place);
        }
        let Some(section) = section else { return names };
        let Some(members) = section.as_object() else {
            report_type(judge, section, "Parameters", "an object");
            return names;
        };
        if judge.options.flow != Flow::Jitp {
            let declared: Vec<_> = members.iter().map(|member| (member.key.as_str(), member.key_place)).collect();
            other_flow::report_predefined(judge, &declared);
        }
        for member in members {
            let parameter = declaration(judge, member);
            match names.by_name.get(&parameter.name) {
                Some(index) => names.parameters[index] = parameter,
                None => names.add(parameter),
            }
        }
        names
    }

    fn add(&mut self, parameter: ParameterDeclaration) {
        self.by_name.insert(&parameter.name, self.parameters.len());
        self.parameters.push(parameter);
    }

    /// What `name` means where a Ref (or, if not `is_ref`, a `${name}` of Fn::Sub) names it.
    pub fn refer(&mut self, judge: &mut Judge, name: &str, place: Place, is_ref: bool) -> Expression {
        if let Some(index) = self.by_name.get(name) {
            self.parameters[index].used = true;
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
            report_undeclared_predefined(judge, name, place);
            self.add(ParameterDeclaration {
                name: name.into(),
                default: None,
                declared: None,
                source: Source::of(name),
                used: true,
            });
            return Expression::Parameter(self.parameters.len() - 1, place);
        }
        self.report_undeclared(judge, name, place, is_ref);
        Expression::Invalid
    }

    #[cold]
    fn report_undeclared(&mut self, judge: &mut Judge, name: &str, place: Place, is_ref: bool) {
        if judge.is_full() {
            return;
        }
        let what = if is_ref { "Ref" } else { "Fn::Sub" };
        let message = format!("{what} names {}, which is not declared in Parameters.", quoted(name));
        let mut finding = Finding::new(&rules::UNDECLARED_REF, place, message);
        let declared = self.parameters.iter().map(|parameter| &*parameter.name);
        let predefined = PREDEFINED.iter().map(|(predefined, _)| *predefined);
        let near = near_name(name, predefined.chain(declared).take(256)).map(str::to_owned);
        if let Some(near) = &near {
            finding = finding.help(format!("Did you mean {}?", quoted(near)));
            if is_ref {
                finding = finding.fix(format!("Refer to {near}"), place, quote(near));
            }
            if let Some(index) = self.by_name.get(near)
                && let Some(declared) = self.parameters[index].declared
            {
                self.parameters[index].used = true;
                finding = finding.related("It is declared here.", declared);
            }
        } else if !is_ref && name.contains(':') {
            finding = finding.help(format!("To keep it as a policy variable write ${{!{name}}}."));
        }
        judge.report(finding);
    }

    /// Reports what is declared and not used, once everything has been read.
    pub fn report_unused(&self, judge: &mut Judge) {
        if judge.flow != Flow::Jitp {
            // Whoever calls RegisterThing gives what is declared.
            return;
        }
        for parameter in &self.parameters {
            let Some(declared) = parameter.declared.filter(|_| !parameter.used) else { continue };
            // Every certificate has an ID, and a default always rescues.
            if !matches!(parameter.source, Source::Attribute(_)) || parameter.default.is_some() {
                continue;
            }
            let message = format!(
                "{} is declared and not used; a device whose certificate lacks it still fails.",
                parameter.name
            );
            judge.report(
                Finding::new(&rules::UNUSED_PARAMETER, declared, message)
                    .help("Remove it, unless that is what you want."),
            );
        }
    }
}

fn declaration(judge: &mut Judge, member: &Member) -> ParameterDeclaration {
    let name = member.key.clone();
    let source = Source::of(&name);
    let mut default = None;
    if let Some(members) = member.value.as_object() {
        let known = Known::read(judge, members, &["Type", "Default", "Description"], "a parameter");
        match known.get("Type") {
            None => {
                let message = format!("The parameter {} has no Type.", quoted(&name));
                judge.report(
                    Finding::new(&rules::PARAMETER_TYPE, member.key_place, message).help("Add \"Type\": \"String\"."),
                );
            }
            Some(node) if node.as_str() != Some("String") => {
                let message = format!(
                    "The Type of {} is {}; AWS documents \"String\" only.",
                    quoted(&name),
                    judge.sources.slice(node.place)
                );
                judge.report(Finding::new(&rules::PARAMETER_TYPE, node.place, message).fix(
                    "Write \"String\"",
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
        report_type(judge, &member.value, "A parameter's declaration", "an object");
    }
    if source == Source::Nothing && default.is_none() && judge.flow == Flow::Jitp {
        report_unknown(judge, member);
    }
    ParameterDeclaration { name: name.into(), default, declared: Some(member.key_place), source, used: false }
}

/// In fleet provisioning AWS's own example uses the certificate's ID undeclared.
#[cold]
fn report_undeclared_predefined(judge: &mut Judge, name: &str, place: Place) {
    if judge.flow == Flow::Fleet && name == ID_PARAMETER {
        return;
    }
    let message = format!("{name} is used but not declared in Parameters.");
    judge.report(
        Finding::new(&rules::UNDECLARED_PREDEFINED, place, message)
            .help(format!("Declare it: {}: {{\"Type\": \"String\"}}.", quoted(name))),
    );
}

#[cold]
fn report_unknown(judge: &mut Judge, member: &Member) {
    if judge.is_full() {
        return;
    }
    let message = format!("No certificate can give {} a value, and it has no Default.", quoted(&member.key));
    let mut finding = Finding::new(&rules::UNKNOWN_PARAMETER, member.key_place, message);
    finding = match near_name(&member.key, PREDEFINED.iter().map(|(name, _)| *name)) {
        Some(near) => {
            finding.help(format!("Did you mean {}? It has to be renamed where it is used, too.", quoted(near)))
        }
        None => finding
            .help("JITP fills eight parameters, all AWS::IoT::Certificate::…; give this one a Default or remove it."),
    };
    judge.report(finding);
}

/// Whether a name is one of the eight that JITP fills.
pub fn is_predefined(name: &str) -> bool {
    PREDEFINED.iter().any(|(predefined, _)| *predefined == name)
}

/// The name that was meant: the same behind AWS's prefix, the same in another case, or one near enough.
#[cold]
pub fn near_name<'c>(name: &str, candidates: impl Iterator<Item = &'c str> + Clone) -> Option<&'c str> {
    let tail = name.strip_prefix(PREDEFINED_PREFIX).unwrap_or(name);
    let same = candidates.clone().find(|candidate| {
        same_but_spelling(name, candidate)
            || candidate.strip_prefix(PREDEFINED_PREFIX).is_some_and(|known| same_but_spelling(tail, known))
    });
    same.or_else(|| nearest(name, candidates.clone())).or_else(|| {
        let tails: Vec<(&str, &str)> =
            candidates.filter_map(|candidate| Some((candidate.strip_prefix(PREDEFINED_PREFIX)?, candidate))).collect();
        // `OrganizationName` for `Organization`: a known name with something behind it.
        let longer = tails.iter().find(|(known, _)| tail.len() > known.len() && tail.starts_with(known));
        let near = nearest(tail, tails.iter().map(|(known, _)| *known));
        longer.copied().or_else(|| tails.iter().copied().find(|(known, _)| Some(*known) == near)).map(|(_, full)| full)
    })
}
