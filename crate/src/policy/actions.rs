//! The actions that AWS IoT Core checks for a device, and the resources that it checks them on.

use super::pattern;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::Node;
use crate::template::{Judge, did_you_mean, nearest, quoted};

/// Types of resources, one bit each.
pub type Types = u8;

/// What stands before the first slash of a resource, in the order of the bits of [`Types`].
pub const TYPES: [&str; 6] = ["client", "topic", "topicfilter", "thing", "rolealias", "job"];
pub const CLIENT: Types = 1;
pub const TOPIC: Types = 2;
pub const TOPIC_FILTER: Types = 4;
pub const THING: Types = 8;
pub const ROLE_ALIAS: Types = 16;
pub const JOB: Types = 32;
/// `*` alone, which some actions ask for.
pub const EVERYTHING: Types = 64;

/// Policy actions page.
const NAMES: [&str; 16] = [
    "iot:Connect",
    "iot:Publish",
    "iot:Receive",
    "iot:Subscribe",
    "iot:RetainPublish",
    "iot:GetRetainedMessage",
    "iot:ListRetainedMessages",
    "iot:DeleteThingShadow",
    "iot:GetThingShadow",
    "iot:ListNamedShadowsForThing",
    "iot:UpdateThingShadow",
    "iot:DescribeJobExecution",
    "iot:GetPendingJobExecutions",
    "iot:StartNextPendingJobExecution",
    "iot:UpdateJobExecution",
    "iot:AssumeRoleWithCertificate",
];
/// The types of the resources that each is checked on, as in the pages' examples, and whether AWS's audit objects to a
/// wildcard there.
const ON: [(Types, bool); 16] = [
    (CLIENT, true),
    (TOPIC, true),
    (TOPIC, false),
    (TOPIC_FILTER, true),
    (TOPIC, false),
    (TOPIC, false),
    (EVERYTHING, false),
    (THING, true),
    (THING, true),
    (THING, false),
    (THING, true),
    (THING | JOB, true),
    (THING | JOB, true),
    (THING | JOB, true),
    (THING | JOB, true),
    (ROLE_ALIAS, false),
];

/// A set of actions, one bit each in the order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions(pub u32);

impl Actions {
    /// Every action, and what a function may give.
    pub const ALL: Self = Self(u32::MAX);
    /// `iot:Connect`
    pub const CONNECT: Self = Self(1);
    /// `iot:Publish`
    pub const PUBLISH: Self = Self(1 << 1);
    /// `iot:Receive`
    pub const RECEIVE: Self = Self(1 << 2);
    /// `iot:Subscribe`
    pub const SUBSCRIBE: Self = Self(1 << 3);
    /// `iot:RetainPublish`
    pub const RETAIN_PUBLISH: Self = Self(1 << 4);

    /// The actions that a pattern matches.
    pub fn matching(text: &str) -> Self {
        let mut found = 0;
        for (bit, name) in NAMES.iter().enumerate() {
            found |= u32::from(pattern::matches(text, name)) << bit;
        }
        Self(found)
    }

    /// Whether one of the others is among these.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The types of the resources that these are checked on; of those only that AWS's audit wants limited, if `guarded`.
    pub fn types(self, guarded: bool) -> Types {
        let mut found = 0;
        for (bit, (types, is_guarded)) in ON.iter().enumerate() {
            if self.0 >> bit & 1 == 1 && (*is_guarded || !guarded) {
                found |= types;
            }
        }
        found
    }
}

/// The words for types, for messages.
#[cold]
pub fn describe(types: Types) -> String {
    let mut words = String::new();
    for (bit, name) in TYPES.iter().enumerate() {
        if types >> bit & 1 == 1 {
            words.push_str(if words.is_empty() { "" } else { " and " });
            words.push_str(name);
            words.push_str("/…");
        }
    }
    // `*` alone is what is left.
    if words.is_empty() { "\"*\"".to_owned() } else { words }
}

/// Reads one action and reports what is wrong with it; `None` where nothing is known of it.
pub fn read(judge: &mut Judge, node: &Node, text: &str) -> Option<Actions> {
    let found = Actions::matching(text);
    if found != Actions::default() {
        return Some(found);
    }
    // The policies of Greengrass core devices name actions of that service.
    let is_other = text.len() > 11 && text.as_bytes()[..11].eq_ignore_ascii_case(b"greengrass:");
    if is_other || text.contains("${") { None } else { report_unknown(judge, node, text) }
}

#[cold]
fn report_unknown(judge: &mut Judge, node: &Node, text: &str) -> Option<Actions> {
    if judge.is_full() {
        return None;
    }
    let (service, name) = text.split_once(':').unwrap_or(("", text));
    let near = nearest(&["iot:", name].concat(), &NAMES);
    let near = near.filter(|_| nearest(service, &["iot", ""]).is_some());
    let message = format!("{} is no action that AWS IoT Core checks for a device.", quoted(text));
    let finding = Finding::new(&rules::POLICY_ACTION, node.place, message);
    judge.report(match near {
        Some(near) => did_you_mean(finding, near, node.place),
        None if !service.is_empty() && !service.eq_ignore_ascii_case("iot") => finding.help(
            "A device reaches other services with a role of IAM: allow iot:AssumeRoleWithCertificate on a role alias.",
        ),
        None => finding.help("The actions stand on AWS's page of AWS IoT Core policy actions."),
    });
    near.map(Actions::matching)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_the_actions_of_the_table() {
        assert_eq!(Actions::matching("iot:connect"), Actions::CONNECT);
        assert_eq!(Actions::matching("iot:*Publish").0, Actions::PUBLISH.0 | Actions::RETAIN_PUBLISH.0);
        assert_eq!(Actions::matching("*").0, (1 << NAMES.len()) - 1);
        assert_eq!(Actions::matching("iot:CreateThing").0, 0);
        for (bit, name) in [
            (Actions::PUBLISH, "iot:Publish"),
            (Actions::RECEIVE, "iot:Receive"),
            (Actions::SUBSCRIBE, "iot:Subscribe"),
        ] {
            assert_eq!(Actions::matching(name), bit);
        }
    }

    #[test]
    fn types_are_those_of_all_the_actions() {
        assert_eq!(Actions::matching("iot:Con*").types(false), CLIENT);
        assert_eq!(Actions(Actions::RECEIVE.0 | Actions::SUBSCRIBE.0).types(false), TOPIC | TOPIC_FILTER);
        assert_eq!(Actions(Actions::RECEIVE.0 | Actions::SUBSCRIBE.0).types(true), TOPIC_FILTER);
        assert_eq!(describe(TOPIC | TOPIC_FILTER), "topic/… and topicfilter/…");
    }
}
