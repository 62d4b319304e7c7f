//! Whether actions and resources of a statement fit each other, and MQTT's wildcards in resources.

use super::actions::{Actions, EVERYTHING, ResourceTypes, TOPIC, TOPIC_FILTER, describe};
use super::checks::Checker;
use super::document::Statement;
use super::resource_arn::Resource;
use super::statement::NamedAction;
use super::variables::THING_NAME;
use crate::check::{quoted, write};
use crate::diagnostic::Finding;
use crate::rules;
use std::ops::Range;

impl Checker<'_> {
    /// Whether each resource fits an action and each action a resource.
    pub fn check_fit(&mut self, statement: &Statement<'_>, named: &[NamedAction<'_>], resources: &[Resource<'_>]) {
        let mut known = !statement.actions.open;
        let (mut wanted, mut present) = (0, if statement.resources.open { ResourceTypes::MAX } else { 0 });
        for (_, _, actions) in named {
            known &= actions.is_some();
            wanted |= actions.map_or(ResourceTypes::MAX, |actions| actions.types(false));
        }
        for resource in resources {
            present |= resource.arn.types;
        }
        let is_idle = |named: &&NamedAction<'_>| named.2.is_some_and(|actions| actions.types(false) & present == 0);
        let is_unfit = |resource: &&Resource<'_>| resource.arn.types & wanted == 0;
        if known && let Some(first) = resources.iter().find(is_unfit) {
            let idle = named.iter().find(is_idle);
            // The actions without a resource so far; otherwise all types that they are checked on.
            let lacking = idle.and_then(|idle| idle.2).map_or(wanted, |actions| actions.types(false));
            self.report_unfit(first, idle.unwrap_or(&named[0]), resources, lacking, wanted);
        } else if let Some((node, text, Some(actions))) = named.iter().find(is_idle) {
            let types = describe(actions.types(false));
            let message = format!("{text} is checked on {types}, and the statement names no such resource.");
            let mut finding = Finding::new(&rules::POLICY_RESOURCE_TYPE, node.place, message);
            for (other, _, _) in named.iter().filter(is_idle).skip(1) {
                finding = finding.related("The statement names no resource for this one either.", other.place);
            }
            self.report(finding);
        }
    }

    #[cold]
    fn report_unfit(
        &mut self,
        first: &Resource<'_>,
        (action, text, _): &NamedAction<'_>,
        resources: &[Resource<'_>],
        lacking: ResourceTypes,
        wanted: ResourceTypes,
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
            let place = if range.is_empty() { whole } else { self.context.sources.part(resource.node, range.clone()) };
            if resource.arn.types == other && other != 0 {
                edits.push((place, written.to_owned()));
            }
            finding = Some(match finding {
                Some(finding) => finding.related("Also here.", place),
                None => Finding::new(&rules::POLICY_RESOURCE_TYPE, place, message.as_str())
                    .related("The action.", action.place),
            });
        }
        if let Some(finding) = finding {
            // All resources are more than the one that is written.
            self.report(if lacking == EVERYTHING {
                finding.help(format!("Put such actions into a separate statement, on {}.", quoted(written)))
            } else {
                finding.fix_all(write(written), edits)
            });
        }
    }

    /// MQTT's wildcards as levels of resources: no device publishes to them, and a Deny of them denies little.
    pub fn check_wildcards(&mut self, allows: bool, actions: Actions, resources: &[Resource<'_>]) {
        let types = actions.types(false) & if allows { TOPIC } else { TOPIC | TOPIC_FILTER };
        for resource in resources.iter().filter(|resource| resource.arn.types & types == resource.arn.types) {
            let (text, rest) = (resource.rest(), resource.arn.rest.start);
            if !text.contains(['+', '#']) {
                continue;
            }
            let mut levels = Vec::new();
            let mut start = rest;
            for level in text.split('/') {
                if matches!(level, "+" | "#") {
                    levels.push(start..start + 1);
                }
                start += level.len() + 1;
            }
            if !levels.is_empty() {
                self.report_wildcards(resource, &levels);
            }
        }
    }

    #[cold]
    fn report_wildcards(&mut self, resource: &Resource<'_>, levels: &[Range<usize>]) {
        let parts = self.context.sources.parts(resource.node);
        let place = parts.at(levels[0].clone());
        let found = &resource.text[levels[0].clone()];
        if resource.arn.types == TOPIC {
            let message = format!("{found} is a plain character in a policy, and no topic has it.");
            let edits = |text: &str| levels.iter().map(|range| (parts.at(range.clone()), text.to_owned())).collect();
            let finding = Finding::new(&rules::POLICY_WILDCARD, place, message);
            // Either makes the statement match what it did not.
            return self.report(
                finding
                    .help("The wildcard of policies is *.")
                    .choice("Write \"*\", for all topics there", edits("*"))
                    .choice("Write the thing's name, for the device's own topics", edits(THING_NAME)),
            );
        }
        let message = format!(
            "{found} is a plain character in a policy: the Deny stops a subscription to this very text, and not one to a \
             topic that it is meant to cover."
        );
        self.report(
            Finding::new(&rules::POLICY_DENY_WILDCARD, place, message)
                .help("The wildcard of policies is *. To keep the messages away, deny iot:Receive on the topics, too."),
        );
    }
}
