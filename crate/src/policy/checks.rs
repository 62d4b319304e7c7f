//! Checks a policy document as a whole: its variables, its leftover placeholders, and the location of its resources.

use super::deny::TopicFilters;
use super::document::PolicyDocument;
use super::facts::{PolicyFacts, ThingValue, ThingValueUse};
use super::location::{ArnPart, Location, Mention};
use super::variables::{self, VariableUse};
use crate::arn;
use crate::check::{Context, leftover, leftover::PlaceholderSyntax, quoted, write};
use crate::diagnostic::{Edits, Finding};
use crate::flow::said;
use crate::partition;
use crate::rules;
use crate::source::{Node, SourceRange};

/// At most this many different names of a kind are kept: far more than fit into a document that AWS accepts.
const MOST: usize = 64;

/// Collects facts on the way through a document.
pub struct Checker<'j> {
    /// Collects the findings.
    pub context: &'j mut Context,
    /// The facts so far.
    pub facts: PolicyFacts,
    /// Whether the document has been reported as permissive, which is reported once.
    pub permissive: bool,
    /// Whether functions are evaluated, whose values are not known.
    pub functions: bool,
    /// The topics that may be subscribed to and received.
    pub filters: TopicFilters,
    /// Whether any variable is in the document. A shell would have removed all of them.
    pub has_variables: bool,
    /// Resources from which a shell may have removed a variable. Those that are correct for topics of a kind are not
    /// certain.
    eaten: Vec<EmptiedResource>,
    /// The jobs actions that have another prefix for a device, each with its place and what to write.
    pub superseded: Vec<(SourceRange, String)>,
    /// The actions in another letter case than AWS documents, each with its place and what to write.
    odd_case: Vec<(SourceRange, Option<String>)>,
    /// The variables that are none, with every place of each.
    unknown: Vec<(String, Vec<SourceRange>)>,
    /// The leftovers of each language, with the first text and with every place and variable.
    left: Vec<(PlaceholderSyntax, String, Vec<LeftoverAt>)>,
}

/// The place of a leftover, and the variable in it.
type LeftoverAt = (SourceRange, Option<String>);

/// A resource with a missing part: the part, its place, and whether there is no other explanation.
struct EmptiedResource {
    message: String,
    place: SourceRange,
    is_sure: bool,
}

/// Checks a document.
pub fn check(context: &mut Context, document: &PolicyDocument<'_>, functions: bool) -> PolicyFacts {
    let mut checker = Checker {
        context,
        facts: PolicyFacts::default(),
        permissive: false,
        functions,
        filters: TopicFilters::default(),
        has_variables: false,
        eaten: Vec::new(),
        superseded: Vec::new(),
        odd_case: Vec::new(),
        unknown: Vec::new(),
        left: Vec::new(),
    };
    for statement in &document.statements {
        checker.statement(statement);
    }
    checker.filters.check(checker.context);
    checker.report_superseded();
    checker.report_odd_case();
    checker.report_leftovers();
    checker.report_eaten();
    checker.report_variables();
    checker.report_elsewhere();
    checker.report_location();
    checker.offer_receive(document);
    checker.facts
}

impl Checker<'_> {
    /// Takes a finding.
    pub fn report(&mut self, finding: Finding) {
        self.context.report(finding);
    }

    /// Looks at the variables of a text in which they are substituted.
    pub fn variables(&mut self, node: &Node, text: &str, used: VariableUse) {
        let found = variables::find(text);
        if found.is_empty() {
            return;
        }
        let parts = self.context.sources.parts(node);
        for range in found {
            let whole = &text[range.clone()];
            let name = variables::bare(whole);
            // With its braces.
            let place = parts.at(range.start - 2..(range.end + 1).min(text.len()));
            self.has_variables |= name.starts_with("iot:");
            if !text[range.end..].starts_with('}') {
                self.report_open(place);
            } else if !variables::is_known(name) {
                // Leftovers of other languages are reported as such.
                if !name.starts_with(['!', '{']) && !name.starts_with("Token[") {
                    self.note_unknown(name, place);
                }
            } else if name.len() < whole.trim().len() {
                self.report_default(whole, place);
            } else if name.starts_with(variables::THING) {
                if used == VariableUse::Allow {
                    self.facts.thing_variable.get_or_insert(place);
                }
                self.note_thing_value(name, place, used == VariableUse::Deny);
            } else if self.facts.certificate_variables.len() < MOST
                && variables::of_certificate(name).is_some()
                && !self.facts.certificate_variables.iter().any(|(known, _)| known == name)
            {
                self.facts.certificate_variables.push((name.to_owned(), place));
            }
        }
    }

    fn note_unknown(&mut self, name: &str, place: SourceRange) {
        let is_full = self.unknown.len() == MOST;
        match self.unknown.iter_mut().find(|(known, _)| known == name) {
            Some((_, places)) => places.push(place),
            None if is_full => {}
            None => self.unknown.push((name.to_owned(), vec![place])),
        }
    }

    /// Notes that the document asks for the thing's type or for one of its attributes.
    pub fn note_thing_value(&mut self, name: &str, place: SourceRange, denies: bool) {
        let value = match variables::attribute(name) {
            Some(attribute) => ThingValue::Attribute(attribute.to_owned()),
            None if name == "iot:Connection.Thing.ThingTypeName" => ThingValue::Type,
            None => return,
        };
        let values = &mut self.facts.thing_values;
        let is_full = values.len() == MOST;
        match values.iter_mut().find(|known| known.value == value) {
            Some(known) => {
                known.places.push(place);
                known.only_denies &= denies;
            }
            None if is_full => {}
            None => values.push(ThingValueUse { value, places: vec![place], only_denies: denies }),
        }
    }

    /// Notes the leftover placeholders of a text; returns whether there are any.
    pub fn leftovers(&mut self, node: &Node, text: &str) -> bool {
        let found = leftover::find(text);
        if found.is_empty() {
            return false;
        }
        let parts = self.context.sources.parts(node);
        for leftover in found {
            let place = parts.at(leftover.range.clone());
            let left = (place, leftover.variable.map(in_right_case));
            match self.left.iter_mut().find(|(syntax, ..)| *syntax == leftover.syntax) {
                Some((_, _, places)) => places.push(left),
                None => self.left.push((leftover.syntax, text[leftover.range].to_owned(), vec![left])),
            }
        }
        true
    }

    /// Reports what is left over, once for each language.
    #[cold]
    fn report_leftovers(&mut self) {
        for (syntax, text, places) in std::mem::take(&mut self.left) {
            let Some((first, _)) = places.first() else { continue };
            let message = format!("{} is {}: AWS IoT uses it unchanged.", quoted(&text), syntax.what());
            let finding = Finding::new(&rules::POLICY_LEFTOVER, *first, message).help(syntax.help());
            let edits: Edits =
                places.iter().filter_map(|(place, variable)| Some((*place, variable.clone()?))).collect();
            // If each of them holds the name of a variable, nothing else can be meant.
            let is_whole = edits.len() == places.len();
            let title = match &edits[..] {
                [(_, variable)] => write(variable),
                _ => "Write the policy variables".to_owned(),
            };
            self.report(if is_whole { finding.fix_all(title, edits) } else { finding });
        }
    }

    /// Jobs actions with the prefix that they have on the control plane.
    #[cold]
    fn report_superseded(&mut self) {
        let edits: Edits = self.superseded.drain(..).map(|(place, right)| (place, quoted(&right))).collect();
        let [(first, right), others @ ..] = &edits[..] else { return };
        let message =
            format!("{} is not an action of devices: their jobs have {right}.", self.context.sources.slice(*first));
        let mut finding = Finding::new(&rules::POLICY_JOBS_PREFIX, *first, message).help(
            "AWS's page of jobs on the data plane says that its policy actions must use the prefix iotjobsdata:.",
        );
        for (place, _) in others {
            finding = finding.related("Also here.", *place);
        }
        self.report(finding.fix_all("Write the prefix iotjobsdata:", edits));
    }

    /// Notes an action in another letter case than AWS documents.
    #[cold]
    pub fn note_odd_case(&mut self, place: SourceRange, right: Option<String>) {
        if self.odd_case.len() < MOST {
            self.odd_case.push((place, right));
        }
    }

    /// Reports such actions, all in one finding.
    #[cold]
    fn report_odd_case(&mut self) {
        let found = std::mem::take(&mut self.odd_case);
        let [(first, _), others @ ..] = &found[..] else { return };
        let message = [
            self.context.sources.slice(*first),
            " is not in the letter case that AWS documents; jitp compares actions without regard to it.",
        ]
        .concat();
        let mut finding = Finding::new(&rules::POLICY_ACTION_CASE, *first, message);
        for (place, _) in others {
            finding = finding.related("Also here.", *place);
        }
        let mut edits = Edits::new();
        for (place, right) in &found {
            match right {
                Some(right) => edits.push((*place, quoted(right))),
                None => return self.report(finding),
            }
        }
        self.report(finding.fix_all("Write the documented letter case", edits));
    }

    /// Notes a resource from which a shell may have removed a variable.
    #[cold]
    pub fn note(&mut self, message: String, place: SourceRange, is_sure: bool) {
        if self.eaten.len() < MOST {
            self.eaten.push(EmptiedResource { message, place, is_sure });
        }
    }

    /// Reports where a shell has most likely removed a variable. An empty level may be correct if other variables show
    /// that no shell was involved.
    #[cold]
    fn report_eaten(&mut self) {
        let keeps = !self.has_variables;
        let mut eaten = std::mem::take(&mut self.eaten).into_iter().filter(|eaten| eaten.is_sure || keeps);
        let Some(first) = eaten.next() else { return };
        let mut finding = Finding::new(&rules::POLICY_EMPTY_PART, first.place, first.message).help(
            "A shell replaces ${iot:…} and $aws by nothing if the text is not quoted: quote the delimiter of the here-document, as in <<'EOF', or put the text between single quotes.",
        );
        for other in eaten {
            finding = finding.related(other.message, other.place);
        }
        self.report(finding);
    }

    /// Reports a variable in an action: they are substituted in `Resource` and `Condition` only.
    #[cold]
    pub fn report_misplaced(&mut self, node: &Node, text: &str) {
        let found = variables::find(text);
        let parts = self.context.sources.parts(node);
        for range in found {
            if self.context.is_full() {
                return;
            }
            let place = parts.at(range.start - 2..(range.end + 1).min(text.len()));
            let message = "Policy variables are not substituted in Action.";
            self.report(Finding::new(&rules::POLICY_VARIABLE, place, message).help("Write the action itself."));
        }
    }

    #[cold]
    fn report_open(&mut self, place: SourceRange) {
        let message = "The variable has no closing brace.";
        self.report(Finding::new(&rules::POLICY_VARIABLE, place, message));
    }

    /// Reports a key of a condition that is near to one of AWS IoT's.
    #[cold]
    pub fn report_condition_key(&mut self, key: &str, place: SourceRange) {
        // AWS adds keys: one that is near to none is not called wrong.
        let Some(near) = variables::meant(key).filter(|_| !self.context.is_full()) else { return };
        let message = format!("{} is not a condition key of AWS IoT.", quoted(key));
        self.report(Finding::new(&rules::POLICY_VARIABLE, place, message).fix(write(&near), place, quoted(&near)));
    }

    #[cold]
    fn report_variables(&mut self) {
        for (name, places) in std::mem::take(&mut self.unknown) {
            let Some(first) = places.first() else { continue };
            let meant = variables::meant(&name);
            let is_case = meant.as_ref().is_some_and(|meant| meant.eq_ignore_ascii_case(&name));
            let written = meant.map(|near| format!("${{{near}}}")).or_else(|| self.pseudo(&name));
            let finding = if is_case {
                let right = written.as_deref().unwrap_or_default();
                let message = format!("${{{name}}} must be written {right}: variables are case-sensitive.");
                Finding::new(&rules::POLICY_VARIABLE_CASE, *first, message)
            } else {
                let message =
                    format!("${{{name}}} is not a variable that AWS IoT substitutes: it is compared as plain text.");
                Finding::new(&rules::POLICY_VARIABLE, *first, message).help(variable_help(&name))
            };
            let edit = |written: &String| places.iter().map(|place| (*place, written.clone())).collect::<Edits>();
            let edits = written.as_ref().map(edit).unwrap_or_default();
            let title = write(&written.unwrap_or_default());
            self.report(finding.fix_all(title, edits));
        }
    }

    /// The value of a pseudo parameter of CloudFormation here, if it is known.
    fn pseudo(&self, name: &str) -> Option<String> {
        let role = self.context.role.as_ref().map(|(arn, _)| arn.as_str());
        let options = &self.context.options;
        let value = match name {
            "AWS::Region" => options.region.as_deref(),
            "AWS::AccountId" => options.account_id.as_deref().or(role.and_then(arn::account)),
            "AWS::Partition" => options.region.as_deref().and_then(partition::of_region).or(role.map(arn::partition)),
            _ => None,
        };
        value.map(str::to_owned)
    }

    /// Notes the location of a resource.
    pub fn mention(&mut self, part: ArnPart, value: &str, place: SourceRange, allows: bool) {
        let mentions = &mut self.facts.mentions;
        let is_full = mentions.len() == MOST;
        match mentions.iter_mut().find(|known| known.part == part && known.value == value) {
            Some(known) => {
                known.places.push(place);
                known.allowed |= allows;
            }
            None if is_full => {}
            None => mentions.push(Mention { part, value: value.to_owned(), places: vec![place], allowed: allows }),
        }
    }

    /// Reports denials in a place where nothing is allowed.
    fn report_elsewhere(&mut self) {
        if let Some(finding) = super::location::elsewhere(&self.facts.mentions, self.facts.open_parts) {
            self.report(finding);
        }
    }

    fn report_location(&mut self) {
        let (region, account) = (said(&self.context.options.region), said(&self.context.options.account_id));
        let role = self.context.role.as_ref().map(|(arn, place)| (arn.as_str(), *place));
        let location = Location { region, account, role };
        for finding in location.differences(&self.facts.mentions, self.facts.open_parts) {
            self.report(finding);
        }
    }
}

/// A variable with its braces in the letter case that it has.
#[cold]
fn in_right_case(variable: String) -> String {
    let name = variable.trim_start_matches("${").trim_end_matches('}');
    match variables::meant(name).filter(|meant| meant.eq_ignore_ascii_case(name)) {
        Some(meant) => format!("${{{meant}}}"),
        None => variable,
    }
}

/// The help for a text in `${…}` that is not a policy variable.
#[cold]
fn variable_help(name: &str) -> &'static str {
    let begins = |with: &[&str]| with.iter().any(|begin| name.starts_with(begin));
    if begins(&["AWS::IoT::"]) {
        "Parameters are not substituted inside a policy: use the policy variables of the certificate."
    } else if begins(&["AWS::"]) {
        "CloudFormation substitutes it, and AWS IoT does not: write the value."
    } else if begins(&["iot:"]) {
        "AWS's page \"AWS IoT Core policy variables\" lists them."
    } else if begins(&["aws:"]) {
        "It is a variable of IAM; AWS IoT documents only aws:SourceIp of those."
    } else if begins(&["credentials-iot:"]) {
        "It works in policies of IAM only, for the role that a device assumes."
    } else if begins(&["var.", "local.", "data.", "each.", "module.", "aws_", "path.", "terraform."]) {
        "It is an interpolation of Terraform that was not filled in: write the value."
    } else if begins(&["self:", "env:", "opt:", "sls:", "cf:", "file(", "param:", "ssm:"]) {
        "It is a variable of the Serverless Framework that was not filled in: write the value."
    } else {
        "This looks like a placeholder: fill it in first."
    }
}
