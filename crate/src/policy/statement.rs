//! Checks one statement: reads its actions and resources, and notes what the policies of a template are checked against together.

use super::actions::{self, ActionMatch, Actions, CLIENT, ResourceTypes, THING, TOPIC, TOPIC_FILTER};
use super::checks::Checker;
use super::dependents::offer_publish;
use super::document::{Statement, Texts};
use super::facts::{ClientIdPattern, DependentAction};
use super::location::ArnPart;
use super::pattern;
use super::resource_arn::{self, Arn, ArnProblemKind, Resource};
use super::variables::{THING as THING_VARIABLES, THING_NAME, VariableUse};
use crate::check::leftover;
use crate::check::{quoted, value_limits::is_placeholder, write};
use crate::diagnostic::Finding;
use crate::partition;
use crate::rules;
use crate::source::{Node, SourceRange};
use std::ops::Range;

/// An action of a statement, and its meaning if it is known.
pub type NamedAction<'n> = (&'n Node, &'n str, Option<Actions>);

impl Checker<'_> {
    /// Checks one statement.
    pub fn statement(&mut self, statement: &Statement<'_>) {
        let named = self.actions(statement.not_actions.as_ref().unwrap_or(&statement.actions));
        let resources = self.resources(&statement.resources, statement.allows);
        for (node, text) in statement.not_resources.iter().flat_map(|texts| &texts.texts) {
            self.variables(node, text, VariableUse::Exception);
            let has_leftovers = self.leftovers(node, text);
            if let Err(problem) = resource_arn::parse(text)
                && (!has_leftovers || !problem.overlaps_a_leftover(text))
            {
                self.report_arn(node, text, problem);
            }
        }
        self.check_exceptions(statement);
        if let Some(condition) = statement.condition {
            self.condition(condition, statement.allows);
        }
        if statement.not_actions.is_none() {
            self.check_fit(statement, &named, &resources);
        }
        let sum = Actions(named.iter().filter_map(|(_, _, actions)| *actions).fold(0, |sum, actions| sum | actions.0));
        let present = resources.iter().fold(0, |sum, resource| sum | resource.arn.types);
        let present = if statement.resources.open { ResourceTypes::MAX } else { present };
        let actions = match &statement.not_actions {
            Some(_) => Actions(!sum.0),
            None if statement.actions.open => Actions::ALL,
            None => sum,
        };
        // A pattern allows only the actions that have a resource. A named action without a resource has been reported,
        // and is not reported as missing again.
        let is_pattern = |text: &str| pattern::first_wildcard(text).is_some();
        let written = named.iter().filter(|(_, text, _)| !is_pattern(text)).filter_map(|(_, _, actions)| *actions);
        let written = Actions(written.fold(0, |sum, actions| sum | actions.0));
        let granted = if statement.not_actions.is_some() || statement.actions.open {
            actions
        } else {
            Actions(actions.on(present).0 | written.0)
        };
        self.check_wildcards(statement.allows, actions, &resources);
        self.filters.note(statement.allows, statement.condition.is_some(), actions, &resources);
        if !statement.allows {
            return;
        }
        self.facts.allowed.0 |= granted.0;
        if let Some(node) = statement.actions.node {
            self.facts.first_action.get_or_insert(node.place);
        }
        if statement.resources.open {
            self.facts.open_parts = [true; 4];
        }
        self.note_connections(statement, actions, &resources);
        if statement.not_actions.is_some() {
            return;
        }
        self.note_dependents(statement, &named, granted);
        self.check_protocol(&named, &resources);
        self.check_reach(&named, &resources, statement.condition);
    }

    fn actions<'n>(&mut self, texts: &Texts<'n>) -> Vec<NamedAction<'n>> {
        let mut named = Vec::with_capacity(texts.texts.len());
        for (node, text) in &texts.texts {
            if text.contains("${") {
                self.report_misplaced(node, text);
            }
            let read =
                if self.leftovers(node, text) { ActionMatch::Unknown } else { actions::read(self.context, node, text) };
            let actions = match read {
                ActionMatch::Known(actions) => {
                    if let Some(right) = actions::odd_case(text, actions) {
                        self.note_odd_case(node.place, right);
                    }
                    Some(actions)
                }
                ActionMatch::Superseded(actions, right) => {
                    if self.superseded.len() < 64 {
                        self.superseded.push((node.place, right));
                    }
                    Some(actions)
                }
                ActionMatch::Unknown => None,
            };
            named.push((*node, *text, actions));
        }
        named
    }

    fn resources<'n>(&mut self, texts: &Texts<'n>, allows: bool) -> Vec<Resource<'n>> {
        let mut resources = Vec::with_capacity(texts.texts.len());
        for (node, text) in &texts.texts {
            self.variables(node, text, VariableUse::of(allows));
            let has_leftovers = self.leftovers(node, text);
            let arn = match resource_arn::parse(text) {
                Ok(arn) => {
                    self.note_location(node, text, &arn, allows);
                    if !has_leftovers {
                        self.note_eaten(node, text, &arn);
                    }
                    arn
                }
                Err(problem) => {
                    // The leftover in the part may be all that is wrong with it.
                    if !has_leftovers || !problem.overlaps_a_leftover(text) {
                        self.report_arn(node, text, problem);
                    }
                    // It matches anything, in any location: one slip gives one finding.
                    self.facts.open_parts = [true; 4];
                    Arn { types: ResourceTypes::MAX, ..Arn::default() }
                }
            };
            resources.push(Resource { node, text, arn });
        }
        resources
    }

    #[cold]
    fn report_arn(&mut self, node: &Node, text: &str, problem: resource_arn::ArnProblem) {
        let place = self.context.sources.part(node, problem.range.clone());
        let rule = match problem.kind {
            ArnProblemKind::NoArn => &rules::POLICY_NOT_ARN,
            ArnProblemKind::Wrong | ArnProblemKind::Wide => &rules::POLICY_ARN,
            ArnProblemKind::Empty => return self.note(problem.message, place, true),
        };
        let finding = Finding::new(rule, place, problem.message);
        let part = &text[problem.range];
        let help = if part == "iam" {
            "A policy of AWS IoT names a role by its alias: arn:aws:iot:REGION:ACCOUNT:rolealias/NAME."
        } else if is_placeholder(part) && !part.contains("${") {
            "This looks like a placeholder: fill it in first."
        } else if problem.kind == ArnProblemKind::Wide {
            "Only a * at the very end, after the service, matches colons: write arn:aws:iot:*:*:TYPE/NAME."
        } else {
            "An ARN of AWS IoT has the form arn:aws:iot:REGION:ACCOUNT:TYPE/NAME, as in …:topic/a/b."
        };
        self.report(match problem.replacement {
            Some(replacement) => finding.fix(write(replacement), place, replacement),
            None => finding.help(help),
        });
    }

    /// Notes where a name is missing because a shell may have substituted it.
    fn note_eaten(&mut self, node: &Node, text: &str, arn: &Arn) {
        let kind = &text[arn.kind.clone()];
        let rest = &text[arn.rest.clone()];
        if kind.is_empty() || !matches!(arn.types, CLIENT | TOPIC | TOPIC_FILTER | THING) {
            return;
        }
        let is_topic = arn.types & (TOPIC | TOPIC_FILTER) != 0;
        let (message, is_sure) = if rest.is_empty() {
            (format!("{} names nothing after {kind}/.", quoted(text)), true)
        } else if is_topic && rest.strip_prefix('/').is_some_and(is_reserved) {
            (format!("{} lacks $aws after {kind}/: its topic begins with a slash.", quoted(text)), true)
        } else if is_topic && rest.strip_prefix("ws/").is_some_and(is_reserved) {
            // Make reads "$a" as a variable.
            (format!("{} has ws/ in place of $aws/.", quoted(text)), true)
        } else if rest.starts_with('/') || rest.contains("//") {
            (format!("{} has an empty level.", quoted(text)), false)
        } else {
            return;
        };
        let place = self.context.sources.part(node, arn.kind.start..arn.rest.end);
        self.note(message, place, is_sure);
    }

    fn note_location(&mut self, node: &Node, text: &str, arn: &Arn, allows: bool) {
        let parts = self.context.sources.parts(node);
        let place = |range: &Range<usize>| parts.at(range.clone());
        if let [Some(partition), _, Some(region), _] = &arn.parts
            && partition::is_known(&text[partition.clone()])
            && let Some(right) =
                partition::of_region(&text[region.clone()]).filter(|right| *right != &text[partition.clone()])
        {
            let places = (place(partition), place(region));
            self.report_partition(&text[partition.clone()], (&text[region.clone()], right), places);
            return;
        }
        for (part, range) in
            [ArnPart::Partition, ArnPart::Service, ArnPart::Region, ArnPart::Account].into_iter().zip(&arn.parts)
        {
            match range {
                Some(range) => self.mention(part, &text[range.clone()], place(range), allows),
                None => self.facts.open_parts[part as usize] |= allows,
            }
        }
    }

    #[cold]
    fn report_partition(
        &mut self,
        partition: &str,
        (region, right): (&str, &'static str),
        (place, other): (SourceRange, SourceRange),
    ) {
        let message = format!("The Region {region} is in the partition {right}, not in {partition}.");
        let finding = Finding::new(&rules::POLICY_ACCOUNT, place, message).related("The Region.", other);
        self.report(finding.fix(write(right), place, right));
    }

    fn note_connections(&mut self, statement: &Statement<'_>, allowed: Actions, resources: &[Resource<'_>]) {
        if !allowed.has(Actions::CONNECT) {
            return;
        }
        let mut otherwise = statement.not_actions.is_some() || statement.resources.open;
        self.facts.connects_by_variable |= otherwise;
        for resource in resources.iter().filter(|resource| resource.arn.types & CLIENT != 0) {
            let is_plain =
                resource.arn.types == CLIENT && !resource.arn.kind.is_empty() && !resource.rest().contains("${");
            // The value of a leftover is unknown, and the leftover has been reported.
            if is_plain && self.facts.client_ids.len() < 64 && leftover::first(resource.rest()).is_none() {
                let place = self.context.sources.part(resource.node, resource.arn.rest.clone());
                let is_in_list = statement.resources.is_list();
                let (id, resource) = (resource.rest().to_owned(), resource.node.place);
                self.facts.client_ids.push(ClientIdPattern { id, place, resource, is_in_list });
            } else {
                self.facts.connects_by_variable = true;
            }
            if resource.arn.types == CLIENT && resource.rest() == THING_NAME {
                let place = self.context.sources.part(resource.node, resource.arn.rest.clone());
                self.facts.connects_as_thing.get_or_insert(place);
            } else {
                otherwise = true;
            }
        }
        self.facts.connects_otherwise |= otherwise;
    }

    fn note_dependents(&mut self, statement: &Statement<'_>, named: &[NamedAction<'_>], granted: Actions) {
        for (node, text, actions) in named {
            let (needs, choices) = match *actions {
                // What can be chosen depends on the whole document.
                Some(actions) if actions.has(Actions::SUBSCRIBE.only(granted)) => (Actions::RECEIVE, Vec::new()),
                Some(Actions::RETAIN_PUBLISH) => (Actions::PUBLISH, offer_publish(statement, node, text)),
                _ => continue,
            };
            self.facts.dependents.push(DependentAction { place: node.place, needs, choices });
        }
    }

    /// Whether a thing's variables are used where only HTTPS requests are checked, for which they have no value.
    fn check_protocol(&mut self, named: &[NamedAction<'_>], resources: &[Resource<'_>]) {
        if self.facts.has_https_variable {
            return;
        }
        let variable = ["${", THING_VARIABLES].concat();
        let idle: Vec<&Resource<'_>> =
            resources.iter().filter(|resource| resource.rest().contains(&variable)).collect();
        let idle_types = idle.iter().fold(0, |sum, resource| sum | resource.arn.types);
        for (node, text, actions) in named {
            let Some(actions) = actions.filter(|actions| actions.are_https()) else { continue };
            // The call for credentials can name its thing in a header.
            let types = actions.types(false);
            if actions.has(Actions::ASSUME_ROLE) || idle_types & types == 0 {
                continue;
            }
            if let Some(resource) = idle.iter().find(|resource| resource.arn.types & types != 0) {
                self.facts.has_https_variable = true;
                return self.report_protocol(resource, node, text);
            }
        }
    }

    #[cold]
    fn report_protocol(&mut self, resource: &Resource<'_>, action: &Node, text: &str) {
        let place = self.context.sources.part(resource.node, resource.arn.rest.clone());
        let message =
            format!("{text} is an HTTPS request, for which the thing's variables have no value: it is not allowed.");
        self.report(
            Finding::new(&rules::POLICY_HTTPS_VARIABLE, place, message)
                .help("Name the thing by a variable of the certificate. Shadows and jobs have topics over MQTT, too.")
                .related("The action.", action.place),
        );
    }
}

/// Whether a topic without its `$aws/` is one of AWS IoT's own.
fn is_reserved(topic: &str) -> bool {
    const RESERVED: [&str; 7] =
        ["things/", "rules/", "jobs/", "events/", "provisioning-templates/", "certificates/", "commands/"];
    RESERVED.iter().any(|begin| topic.starts_with(begin))
}
