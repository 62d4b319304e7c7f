//! Checks one statement: its actions, its resources, whether they fit each other, and how far they reach.

use super::Dependent;
use super::actions::{self, Actions, CLIENT, EVERYTHING, THING, TOPIC, TOPIC_FILTER, Types, describe};
use super::arn::{self, Arn};
use super::checks::Checker;
use super::document::{Statement, Texts};
use super::home::Part;
use super::variables::{CLIENT_ID, THING_NAME};
use crate::diagnostic::Finding;
use crate::partition;
use crate::rules;
use crate::source::{Node, Place};
use crate::template::{checks::placeholder_help, quoted, write};
use std::ops::Range;

/// An action of a statement; nothing may be known of what it is.
type Named<'n> = (&'n Node, &'n str, Option<Actions>);

/// A resource of a statement.
struct Resource<'n> {
    node: &'n Node,
    text: &'n str,
    arn: Arn,
}

impl Resource<'_> {
    fn rest(&self) -> &str {
        &self.text[self.arn.rest.clone()]
    }

    /// The types of which the resource is every one, or every one that has to do with things.
    fn broad(&self) -> Types {
        let rest = self.rest();
        if self.text == "*" || (self.arn.kind.is_empty() && rest == "*") {
            return self.arn.types;
        }
        let thing = rest.strip_prefix("$aws/things/").unwrap_or_default();
        let is_broad = match self.arn.types {
            CLIENT => rest == "*" || rest == CLIENT_ID,
            TOPIC => rest == "*" || thing.starts_with('*'),
            TOPIC_FILTER => matches!(rest, "*" | "#") || thing.starts_with(['*', '+', '#']),
            THING => rest == "*",
            _ => false,
        };
        if is_broad { self.arn.types } else { 0 }
    }
}

impl Checker<'_> {
    /// Checks one statement.
    pub fn statement(&mut self, statement: &Statement<'_>) {
        let named = self.actions(statement.not_actions.as_ref().unwrap_or(&statement.actions));
        let resources = self.resources(&statement.resources, statement.allows);
        if let Some(condition) = statement.condition {
            self.condition(condition, statement.allows);
        }
        if !statement.allows {
            return;
        }
        let sum = Actions(named.iter().filter_map(|(_, _, actions)| *actions).fold(0, |sum, actions| sum | actions.0));
        let allowed = match &statement.not_actions {
            Some(_) => Actions(!sum.0),
            None if statement.actions.open => Actions::ALL,
            None => sum,
        };
        self.facts.allowed.0 |= allowed.0;
        if let Some(node) = statement.actions.node {
            self.facts.first_action.get_or_insert(node.place);
        }
        self.note_connections(statement, allowed, &resources);
        if statement.not_actions.is_some() {
            return;
        }
        self.note_dependents(statement, &named);
        self.check_fit(statement, &named, &resources);
        if allowed.types(false) & TOPIC != 0 {
            for resource in resources.iter().filter(|resource| resource.arn.types == TOPIC) {
                self.check_wildcards(resource);
            }
        }
        if statement.condition.is_none() {
            self.check_reach(&named, &resources);
        }
    }

    fn actions<'n>(&mut self, texts: &Texts<'n>) -> Vec<Named<'n>> {
        let mut named = Vec::with_capacity(texts.texts.len());
        for (node, text) in &texts.texts {
            if text.contains("${") {
                self.report_misplaced(node, text);
            }
            named.push((*node, *text, actions::read(self.judge, node, text)));
        }
        named
    }

    fn resources<'n>(&mut self, texts: &Texts<'n>, allows: bool) -> Vec<Resource<'n>> {
        let mut resources = Vec::with_capacity(texts.texts.len());
        for (node, text) in &texts.texts {
            self.variables(node, text, allows);
            let arn = match arn::parse(text) {
                Ok(arn) => {
                    if allows {
                        self.note_home(node, text, &arn);
                    }
                    arn
                }
                Err(problem) => {
                    self.report_arn(node, text, problem);
                    // It fits anything: one slip gives one finding.
                    Arn { types: Types::MAX, ..Arn::default() }
                }
            };
            resources.push(Resource { node, text, arn });
        }
        resources
    }

    #[cold]
    fn report_arn(&mut self, node: &Node, text: &str, problem: arn::Problem) {
        let place = self.judge.sources.part(node, problem.range.clone());
        let finding = Finding::new(&rules::POLICY_ARN, place, problem.message);
        let part = &text[problem.range];
        let help = if part == "iam" {
            "A policy of AWS IoT names a role by its alias: arn:aws:iot:REGION:ACCOUNT:rolealias/NAME."
        } else if placeholder_help(part).is_some() && !part.contains("${") {
            "This looks like a placeholder: fill it in first."
        } else {
            "An ARN of AWS IoT reads arn:aws:iot:REGION:ACCOUNT:TYPE/NAME, as in …:topic/a/b."
        };
        self.report(match problem.mended {
            Some(mended) => finding.fix(write(mended), place, mended),
            None => finding.help(help),
        });
    }

    fn note_home(&mut self, node: &Node, text: &str, arn: &Arn) {
        let place = |checker: &Self, range: &Range<usize>| checker.judge.sources.part(node, range.clone());
        if let [Some(partition), _, Some(region), _] = &arn.home
            && partition::is_known(&text[partition.clone()])
            && let Some(right) =
                partition::of_region(&text[region.clone()]).filter(|right| *right != &text[partition.clone()])
        {
            let places = (place(self, partition), place(self, region));
            self.report_partition(&text[partition.clone()], (&text[region.clone()], right), places);
            return;
        }
        for (part, range) in [Part::Partition, Part::Service, Part::Region, Part::Account].into_iter().zip(&arn.home) {
            if let Some(range) = range {
                let place = place(self, range);
                self.mention(part, &text[range.clone()], place);
            }
        }
    }

    #[cold]
    fn report_partition(
        &mut self,
        partition: &str,
        (region, right): (&str, &'static str),
        (place, other): (Place, Place),
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
        for resource in resources.iter().filter(|resource| resource.arn.types & CLIENT != 0) {
            if resource.arn.types == CLIENT && resource.rest() == THING_NAME {
                let place = self.judge.sources.part(resource.node, resource.arn.rest.clone());
                self.facts.connects_as_thing.get_or_insert(place);
            } else {
                otherwise = true;
            }
        }
        self.facts.connects_otherwise |= otherwise;
    }

    fn note_dependents(&mut self, statement: &Statement<'_>, named: &[Named<'_>]) {
        for (node, text, actions) in named {
            let edit = match *actions {
                Some(Actions::SUBSCRIBE) => None,
                Some(Actions::RETAIN_PUBLISH) => Some(self.beside(statement, node, text)),
                _ => continue,
            };
            let needs = if edit.is_some() { Actions::PUBLISH } else { Actions::RECEIVE };
            self.facts.dependents.push(Dependent { place: node.place, needs, edit });
        }
    }

    /// The edit that writes `iot:Publish` beside an action.
    #[cold]
    fn beside(&self, statement: &Statement<'_>, node: &Node, text: &str) -> (Place, String) {
        let publish = "\"iot:Publish\"";
        let is_list = statement.actions.node.is_some_and(|actions| actions.as_array().is_some());
        if is_list {
            (Place { start: node.place.end, ..node.place }, format!(", {publish}"))
        } else {
            (node.place, format!("[{}, {publish}]", quoted(text)))
        }
    }

    /// Whether each resource fits an action and each action a resource.
    fn check_fit(&mut self, statement: &Statement<'_>, named: &[Named<'_>], resources: &[Resource<'_>]) {
        let mut known = !statement.actions.open;
        let (mut wanted, mut present) = (0, if statement.resources.open { Types::MAX } else { 0 });
        for (_, _, actions) in named {
            known &= actions.is_some();
            wanted |= actions.map_or(Types::MAX, |actions| actions.types(false));
        }
        for resource in resources {
            present |= resource.arn.types;
        }
        let is_idle = |named: &&Named<'_>| named.2.is_some_and(|actions| actions.types(false) & present == 0);
        let is_unfit = |resource: &&Resource<'_>| resource.arn.types & wanted == 0;
        if known && let Some(first) = resources.iter().find(is_unfit) {
            let idle = named.iter().find(is_idle);
            // What an action lacks that has no resource yet; else all that they are checked on.
            let lacking = idle.and_then(|idle| idle.2).map_or(wanted, |actions| actions.types(false));
            self.report_unfit(first, idle.unwrap_or(&named[0]), resources, lacking, wanted);
        } else if let Some((node, text, Some(actions))) = named.iter().find(is_idle) {
            let types = describe(actions.types(false));
            let message = format!("{text} is checked on {types}, of which the statement names none.");
            let mut finding = Finding::new(&rules::POLICY_RESOURCE_TYPE, node.place, message);
            for (other, _, _) in named.iter().filter(is_idle).skip(1) {
                finding = finding.related("Nor any that this one is checked on.", other.place);
            }
            self.report(finding);
        }
    }

    #[cold]
    fn report_unfit(
        &mut self,
        first: &Resource<'_>,
        (action, text, _): &Named<'_>,
        resources: &[Resource<'_>],
        lacking: Types,
        wanted: Types,
    ) {
        let kind = &first.text[first.arn.kind.clone()];
        let kind = if kind.is_empty() { quoted(first.text) } else { format!("{kind}/…") };
        let message = format!("{text} is checked on {}, not on {kind}.", describe(lacking));
        let (written, other) = match lacking {
            TOPIC => ("topic", TOPIC_FILTER),
            TOPIC_FILTER => ("topicfilter", TOPIC),
            EVERYTHING => ("*", 0),
            _ => ("", 0),
        };
        let mut finding: Option<Finding> = None;
        let mut edits = Vec::new();
        for resource in resources.iter().filter(|resource| resource.arn.types & wanted == 0) {
            let range = &resource.arn.kind;
            let whole = resource.node.place;
            let place = if range.is_empty() { whole } else { self.judge.sources.part(resource.node, range.clone()) };
            if resource.arn.types == other && other != 0 {
                edits.push((place, written.to_owned()));
            } else if lacking == EVERYTHING {
                edits.push((whole, quoted(written)));
            }
            finding = Some(match finding {
                Some(finding) => finding.related("So it is here.", place),
                None => Finding::new(&rules::POLICY_RESOURCE_TYPE, place, message.as_str())
                    .related("The action.", action.place),
            });
        }
        if let Some(finding) = finding {
            self.report(finding.fix_all(write(written), edits));
        }
    }

    fn check_wildcards(&mut self, resource: &Resource<'_>) {
        let mut edits = Vec::new();
        let mut start = resource.arn.rest.start;
        for level in resource.rest().split('/') {
            if matches!(level, "+" | "#") {
                edits.push((self.judge.sources.part(resource.node, start..start + 1), "*".to_owned()));
            }
            start += level.len() + 1;
        }
        if let Some((place, _)) = edits.first() {
            let message =
                format!("{} is a plain character in a policy, and no topic has it.", self.judge.sources.slice(*place));
            let finding = Finding::new(&rules::POLICY_WILDCARD, *place, message);
            self.report(finding.help("The wildcard of policies is *.").fix_all(write("*"), edits));
        }
    }

    fn check_reach(&mut self, named: &[Named<'_>], resources: &[Resource<'_>]) {
        let guarded =
            named.iter().fold(0, |sum, (_, _, actions)| sum | actions.map_or(0, |actions| actions.types(true)));
        for resource in resources {
            let broad = resource.broad() & guarded;
            if broad == 0 || self.permissive {
                continue;
            }
            let reaches = |actions: &&Named<'_>| actions.2.is_some_and(|actions| actions.types(true) & broad != 0);
            if let Some((action, text, _)) = named.iter().find(reaches) {
                self.permissive = true;
                self.report_reach(resource, action, text);
            }
        }
    }

    #[cold]
    fn report_reach(&mut self, resource: &Resource<'_>, action: &Node, text: &str) {
        let range = resource.arn.rest.clone();
        let place = if range.is_empty() { resource.node.place } else { self.judge.sources.part(resource.node, range) };
        let message = format!(
            "{} is allowed on {}: AWS's audit calls such a policy overly permissive.",
            quoted(text),
            quoted(resource.text)
        );
        self.report(
            Finding::new(&rules::POLICY_PERMISSIVE, place, message)
                .help(format!("Limit it to the device's own, for example by {THING_NAME}."))
                .related("The action.", action.place),
        );
    }
}
