//! Checks a policy document as a whole: its variables, and where its resources lie.

use super::document::Reader;
use super::home::{Home, Mention, Part};
use super::{Facts, variables};
use crate::diagnostic::{Edits, Finding};
use crate::partition;
use crate::role;
use crate::rules;
use crate::source::{Node, Place, Value};
use crate::template::{Judge, quoted, write};
use std::ops::Range;

/// So many different names of a kind are kept: far more than a document has room for that AWS takes.
const MOST: usize = 64;

/// What is gathered on the way through a document.
pub struct Checker<'j> {
    /// Where findings go.
    pub judge: &'j mut Judge,
    /// What has been found out.
    pub facts: Facts,
    /// Whether the document has been called permissive, which is said once.
    pub permissive: bool,
    /// The variables that are none, with every place of each.
    unknown: Vec<(String, Vec<Place>)>,
}

/// Checks a document.
pub fn check(judge: &mut Judge, document: &Node, functions: bool) -> Option<Facts> {
    let statements = Reader { judge, functions }.statements(document)?;
    let mut checker = Checker { judge, facts: Facts::default(), permissive: false, unknown: Vec::new() };
    for statement in &statements {
        checker.statement(statement);
    }
    checker.report_variables();
    checker.report_home();
    Some(checker.facts)
}

impl Checker<'_> {
    /// Takes a finding.
    pub fn report(&mut self, finding: Finding) {
        self.judge.report(finding);
    }

    /// Looks at the variables of a text in which they are substituted.
    pub fn variables(&mut self, node: &Node, text: &str, allows: bool) {
        for range in variables::find(text) {
            let name = variables::bare(&text[range.clone()]);
            let place = self.braced(node, &range, text);
            if !text[range.end..].starts_with('}') {
                self.report_open(place);
            } else if !variables::is_known(name) {
                let is_full = self.unknown.len() == MOST;
                match self.unknown.iter_mut().find(|(known, _)| known == name) {
                    Some((_, places)) => places.push(place),
                    None if is_full => {}
                    None => self.unknown.push((name.to_owned(), vec![place])),
                }
            } else if name.starts_with(variables::THING) {
                if allows {
                    self.facts.thing_variable.get_or_insert(place);
                }
            } else if self.facts.certificate_variables.len() < MOST
                && variables::of_certificate(name).is_some()
                && !self.facts.certificate_variables.iter().any(|(known, _)| known == name)
            {
                self.facts.certificate_variables.push((name.to_owned(), place));
            }
        }
    }

    /// The place of a variable with its braces.
    fn braced(&self, node: &Node, name: &Range<usize>, text: &str) -> Place {
        self.judge.sources.part(node, name.start - 2..(name.end + 1).min(text.len()))
    }

    /// Reports a variable in an action: they are substituted in `Resource` and `Condition` only.
    #[cold]
    pub fn report_misplaced(&mut self, node: &Node, text: &str) {
        for range in variables::find(text) {
            let place = self.braced(node, &range, text);
            let message = "No variable is substituted in an action.";
            self.report(Finding::new(&rules::POLICY_VARIABLE, place, message).help("Write the action itself."));
        }
    }

    #[cold]
    fn report_open(&mut self, place: Place) {
        let message = "The variable has no closing brace.";
        self.report(Finding::new(&rules::POLICY_VARIABLE, place, message));
    }

    /// Looks at the keys and values of a condition.
    pub fn condition(&mut self, node: &Node, allows: bool) {
        match &node.value {
            Value::String(text) => self.variables(node, text, allows),
            Value::Array(elements) => elements.iter().for_each(|element| self.condition(element, allows)),
            Value::Object(members) => {
                for member in members {
                    if member.key.starts_with("iot:") && !variables::is_known(&member.key) {
                        self.report_condition_key(&member.key, member.key_place);
                    }
                    self.condition(&member.value, allows);
                }
            }
            _ => {}
        }
    }

    #[cold]
    fn report_condition_key(&mut self, key: &str, place: Place) {
        // AWS adds keys: one that is near to none is not called wrong.
        let Some(near) = variables::meant(key) else { return };
        let message = format!("{} is no condition key of AWS IoT.", quoted(key));
        self.report(Finding::new(&rules::POLICY_VARIABLE, place, message).fix(write(&near), place, quoted(&near)));
    }

    #[cold]
    fn report_variables(&mut self) {
        for (name, places) in std::mem::take(&mut self.unknown) {
            let Some(first) = places.first() else { continue };
            let message = format!("${{{name}}} is no variable that AWS IoT substitutes: it is compared as it stands.");
            let finding = Finding::new(&rules::POLICY_VARIABLE, *first, message);
            let written = variables::meant(&name).map(|near| format!("${{{near}}}")).or_else(|| self.pseudo(&name));
            let help = match name.as_str() {
                _ if name.starts_with("AWS::IoT::") => {
                    "Parameters are not substituted inside of a policy; the certificate's names are by variables of their own."
                }
                _ if name.starts_with("AWS::") => {
                    "CloudFormation substitutes it, and AWS IoT does not: write the value."
                }
                _ if name.starts_with("iot:") => "The variables stand on AWS's pages of policy variables.",
                _ if name.starts_with("aws:") => "It is one of IAM; of those AWS IoT documents aws:SourceIp only.",
                _ => "This looks like a placeholder: fill it in first.",
            };
            let edit = |written: &String| places.iter().map(|place| (*place, written.clone())).collect::<Edits>();
            let edits = written.as_ref().map(edit).unwrap_or_default();
            let title = write(&written.unwrap_or_default());
            self.report(finding.help(help).fix_all(title, edits));
        }
    }

    /// What a pseudo parameter of CloudFormation stands for here, where that is known.
    fn pseudo(&self, name: &str) -> Option<String> {
        let role = self.judge.role.as_ref().map(|(arn, _)| arn.as_str());
        let options = &self.judge.options;
        let value = match name {
            "AWS::Region" => options.region.as_deref(),
            "AWS::AccountId" => options.account_id.as_deref().or(role.and_then(role::account)),
            "AWS::Partition" => options.region.as_deref().and_then(partition::of_region).or(role.map(role::partition)),
            _ => None,
        };
        value.map(str::to_owned)
    }

    /// Notes where a resource lies.
    pub fn mention(&mut self, part: Part, value: &str, place: Place) {
        let mentions = &mut self.facts.mentions;
        let is_full = mentions.len() == MOST;
        match mentions.iter_mut().find(|known| known.part == part && known.value == value) {
            Some(known) => known.places.push(place),
            None if is_full => {}
            None => mentions.push(Mention { part, value: value.to_owned(), places: vec![place] }),
        }
    }

    fn report_home(&mut self) {
        let said = |option: &'_ Option<String>| option.clone().filter(|said| !said.is_empty());
        let (region, account) = (said(&self.judge.options.region), said(&self.judge.options.account_id));
        let role = self.judge.role.as_ref().map(|(arn, place)| (arn.as_str(), *place));
        let home = Home { region: region.as_deref(), account: account.as_deref(), role };
        for finding in home.differences(&self.facts.mentions) {
            self.report(finding);
        }
    }
}
