//! The actions that AWS IoT checks for a device: the resources that each is checked on, and how the device asks.

use super::pattern;
use crate::check::{Context, did_you_mean, nearest, quoted};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::Node;

/// Types of resources, one bit each.
pub type ResourceTypes = u16;

/// The part of a resource before its first slash, in the order of the bits of [`ResourceTypes`].
pub const TYPES: [&str; 6] = ["client", "topic", "topicfilter", "thing", "rolealias", "job"];
pub const CLIENT: ResourceTypes = 1;
pub const TOPIC: ResourceTypes = 2;
pub const TOPIC_FILTER: ResourceTypes = 4;
pub const THING: ResourceTypes = 8;
pub const ROLE_ALIAS: ResourceTypes = 16;
pub const JOB: ResourceTypes = 32;
/// `*` alone, which some actions ask for.
pub const EVERYTHING: ResourceTypes = 64;
/// A component of AWS IoT Greengrass, whose ARNs are of that service.
pub const COMPONENT: ResourceTypes = 128;

/// How a device makes the request that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Over MQTT only: the connection comes first.
    Mqtt,
    /// Over HTTPS only: `iot:Connect` is not asked for.
    Https,
    /// Over either.
    Either,
}
use Protocol::{Either, Https, Mqtt};

/// An action of the table.
struct Action {
    name: &'static str,
    /// The types of the resources that it is checked on.
    on: ResourceTypes,
    /// Whether AWS's audit of permissive policies objects to a wildcard there.
    guarded: bool,
    protocol: Protocol,
}

const fn action(name: &'static str, on: ResourceTypes, guarded: bool, protocol: Protocol) -> Action {
    Action { name, on, guarded, protocol }
}

/// From the pages of policy actions and of action resources, of jobs on the data plane, of direct messages, of
/// disconnecting clients, and of Greengrass's device authorization. The guide has `iot:ListNamedShadowsForThing` on
/// `*`, the Service Authorization Reference on a thing: either is accepted. [`SUPERSEDED`] come last.
const TABLE: [Action; 34] = [
    action("iot:Connect", CLIENT, true, Mqtt),
    action("iot:Publish", TOPIC, true, Either),
    action("iot:Receive", TOPIC, false, Mqtt),
    action("iot:Subscribe", TOPIC_FILTER, true, Mqtt),
    action("iot:RetainPublish", TOPIC, false, Either),
    action("iot:GetRetainedMessage", TOPIC, false, Https),
    action("iot:ListRetainedMessages", EVERYTHING, false, Https),
    action("iot:DeleteThingShadow", THING, true, Https),
    action("iot:GetThingShadow", THING, true, Https),
    action("iot:ListNamedShadowsForThing", THING | EVERYTHING, false, Https),
    action("iot:UpdateThingShadow", THING, true, Https),
    action("iot:AssumeRoleWithCertificate", ROLE_ALIAS, false, Https),
    action("iot:DeleteConnection", CLIENT, false, Https),
    action("iot:GetConnection", CLIENT, false, Https),
    action("iot:ListSubscriptions", CLIENT, false, Https),
    action("iot:SendDirectMessage", CLIENT, false, Https),
    action("iotjobsdata:DescribeJobExecution", THING | JOB, true, Https),
    action("iotjobsdata:GetPendingJobExecutions", THING, true, Https),
    action("iotjobsdata:StartNextPendingJobExecution", THING, true, Https),
    action("iotjobsdata:UpdateJobExecution", THING, true, Https),
    action("greengrass:Discover", THING, false, Https),
    action("greengrass:GetComponentVersionArtifact", COMPONENT, false, Https),
    action("greengrass:ResolveComponentCandidates", EVERYTHING, false, Https),
    action("greengrass:GetDeploymentConfiguration", EVERYTHING, false, Https),
    action("greengrass:ListThingGroupsForCoreDevice", THING, false, Https),
    action("greengrass:VerifyClientDeviceIdentity", EVERYTHING, false, Https),
    action("greengrass:VerifyClientDeviceIoTCertificateAssociation", THING, false, Https),
    action("greengrass:PutCertificateAuthorities", EVERYTHING, false, Https),
    action("greengrass:GetConnectivityInfo", THING, false, Https),
    action("greengrass:UpdateConnectivityInfo", THING, false, Https),
    action("iot:DescribeJobExecution", THING | JOB, false, Https),
    action("iot:GetPendingJobExecutions", THING | JOB, false, Https),
    action("iot:StartNextPendingJobExecution", THING | JOB, false, Https),
    action("iot:UpdateJobExecution", THING | JOB, false, Https),
];

/// The names that AWS's page of policy actions gave, in 2023, the jobs actions of devices before they got the prefix `iotjobsdata:`.
const SUPERSEDED: Actions = Actions(0b1111 << 30);

/// The actions of the table that devices have today, with the types of the resources that each is checked on.
pub fn documented() -> impl Iterator<Item = (&'static str, ResourceTypes)> {
    let current = TABLE.len() - SUPERSEDED.0.count_ones() as usize;
    TABLE[..current].iter().map(|action| (action.name, action.on))
}

/// A set of actions, one bit each in the order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions(pub u64);

impl Actions {
    /// Every action, and what a function may give.
    pub const ALL: Self = Self(u64::MAX);
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
    /// `iot:AssumeRoleWithCertificate`
    pub const ASSUME_ROLE: Self = Self(1 << 11);

    /// The actions that a pattern matches.
    pub fn matching(text: &str) -> Self {
        Self::among(|action| pattern::matches(text, action.name))
    }

    /// The same, with the letters in their case.
    fn matching_exactly(text: &str) -> Self {
        Self::among(|action| pattern::matches_exactly(text, action.name))
    }

    fn among(is_in: impl Fn(&Action) -> bool) -> Self {
        let mut found = 0;
        for (bit, action) in TABLE.iter().enumerate() {
            found |= u64::from(is_in(action)) << bit;
        }
        Self(found)
    }

    /// Whether one of the others is among these.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The actions of this set that are in the other set too.
    pub fn only(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Those of these that are checked on one of the types.
    pub fn on(self, types: ResourceTypes) -> Self {
        self.only(Self::among(|action| action.on & types != 0))
    }

    /// Whether these are some, and each is for HTTPS alone.
    pub fn are_https(self) -> bool {
        let https = Self::among(|action| action.protocol == Https);
        self != Self::default() && self.0 & !https.0 == 0
    }

    /// Whether one of these is for HTTPS alone.
    pub fn have_https(self) -> bool {
        self.has(Self::among(|action| action.protocol == Https))
    }

    /// The types of the resources that these actions are checked on. With `guarded` only those that AWS's audit wants
    /// limited.
    pub fn types(self, guarded: bool) -> ResourceTypes {
        let mut found = 0;
        for (bit, action) in TABLE.iter().enumerate() {
            if self.0 >> bit & 1 == 1 && (action.guarded || !guarded) {
                found |= action.on;
            }
        }
        found
    }
}

/// The words for types, for messages.
#[cold]
pub fn describe(types: ResourceTypes) -> String {
    let mut words = String::new();
    for (bit, name) in TYPES.iter().enumerate() {
        if types >> bit & 1 == 1 {
            words.push_str(if words.is_empty() { "" } else { " and " });
            words.push_str(name);
            words.push_str("/…");
        }
    }
    if words.is_empty() && types & COMPONENT != 0 {
        words.push_str("components of Greengrass");
    }
    // `*` alone is what is left.
    if words.is_empty() { "\"*\"".to_owned() } else { words }
}

/// The meaning of an action's text.
pub enum ActionMatch {
    /// Actions of the table.
    Known(Actions),
    /// Jobs actions with the prefix that they have on the control plane, and with the right one.
    Superseded(Actions, String),
    /// Nothing is known of it, which has been reported unless it may be right.
    Unknown,
}

/// The action as AWS documents it, for one that is known and written in another letter case; `None` if only a pattern's case
/// is odd and more than one thing can be meant.
#[cold]
fn in_documented_case(text: &str, found: Actions) -> Option<String> {
    let name = TABLE.iter().enumerate().find(|(bit, _)| found.0 >> bit & 1 == 1)?.1.name;
    let literal = pattern::first_wildcard(text).unwrap_or(text.len());
    let written = [name.get(..literal)?, &text[literal..]].concat();
    (Actions::matching_exactly(&written) == found).then_some(written)
}

/// Whether a known action, or a pattern of known actions, is in another letter case than AWS documents, and the
/// documented form.
pub fn odd_case(text: &str, found: Actions) -> Option<Option<String>> {
    // One with another slip has been read as what it was meant to be.
    let is_odd = Actions::matching_exactly(text) != found && Actions::matching(text) == found;
    is_odd.then(|| in_documented_case(text, found))
}

/// Reads one action and reports one that is not known.
pub fn read(context: &mut Context, node: &Node, text: &str) -> ActionMatch {
    let found = Actions::matching(text);
    if found.only(SUPERSEDED) == found && found != Actions::default() {
        return ActionMatch::Superseded(found, with_prefix(text));
    }
    let found = if found == Actions::default() && !text.contains("${") {
        report_unknown(context, node, text)
    } else {
        Some(found).filter(|found| *found != Actions::default())
    };
    found.map_or(ActionMatch::Unknown, ActionMatch::Known)
}

/// A jobs action as devices have it.
#[cold]
fn with_prefix(text: &str) -> String {
    let name = text.split_once(':').map_or(text, |(_, name)| name);
    let right = TABLE
        .iter()
        .map(|action| action.name)
        .find(|known| known.strip_prefix("iotjobsdata:").is_some_and(|tail| tail.eq_ignore_ascii_case(name)));
    right.map_or_else(|| format!("iotjobsdata:{name}"), str::to_owned)
}

/// Beginnings of the names of operations of AWS's control plane.
const CONTROL_PLANE: [&str; 21] = [
    "Accept",
    "Add",
    "Associate",
    "Attach",
    "Cancel",
    "Create",
    "Delete",
    "Deprecate",
    "Describe",
    "Detach",
    "Disable",
    "Enable",
    "Get",
    "List",
    "Put",
    "Register",
    "Remove",
    "Search",
    "Set",
    "Transfer",
    "Update",
];

#[cold]
fn report_unknown(context: &mut Context, node: &Node, text: &str) -> Option<Actions> {
    if context.is_full() {
        return None;
    }
    let (service, name) = text.split_once(':').unwrap_or(("", text));
    let near = near_action(service, name);
    let lower = service.to_ascii_lowercase();
    // Version 1 of Greengrass has actions of its own.
    if lower == "greengrass" && near.is_none() {
        return None;
    }
    let message = format!("{} is not a known action of devices.", quoted(text));
    let finding = Finding::new(&rules::POLICY_ACTION, node.place, message);
    let is_iot = lower.is_empty() || lower.starts_with("iot");
    context.report(match near {
        Some(near) => did_you_mean(finding, near, node.place),
        None if !is_iot => finding.help(
            "A device reaches other services with an IAM role: allow iot:AssumeRoleWithCertificate on a role alias.",
        ),
        None if lower == "iot" && CONTROL_PLANE.iter().any(|verb| begins_with(name, verb)) => finding.help(
            "It looks like an operation of the control plane. A policy of AWS IoT allows a device nothing there: such calls need IAM credentials.",
        ),
        None => finding.help("AWS adds actions: if this is a new one, see AWS's page of AWS IoT Core policy actions."),
    });
    near.map(Actions::matching)
}

/// Whether a name begins with a word, in any letter case.
#[cold]
fn begins_with(name: &str, word: &str) -> bool {
    name.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

/// The action that a misspelt one was meant to be.
#[cold]
fn near_action(service: &str, name: &str) -> Option<&'static str> {
    let names = TABLE.map(|action| action.name);
    let current = &names[..names.len() - SUPERSEDED.0.count_ones() as usize];
    // Names of the data plane's clients in SDKs and command lines.
    const ALIASES: [&str; 5] = ["iot-data", "iotdata", "iot-jobs-data", "iotjobs", "iot-jobs"];
    if ALIASES.iter().any(|alias| alias.eq_ignore_ascii_case(service)) {
        let tail = |known: &&&str| known.split_once(':').is_some_and(|(_, tail)| tail.eq_ignore_ascii_case(name));
        return current.iter().find(tail).copied();
    }
    let service = nearest(service, &["iot", "iotjobsdata", "greengrass", ""])?;
    let service = if service.is_empty() { "iot" } else { service };
    nearest(&[service, ":", name].concat(), current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_the_actions_of_the_table() {
        assert_eq!(Actions::matching("iot:connect"), Actions::CONNECT);
        assert_eq!(Actions::matching("iot:*Publish").0, Actions::PUBLISH.0 | Actions::RETAIN_PUBLISH.0);
        assert_eq!(Actions::matching("*").0, (1 << TABLE.len()) - 1);
        assert_eq!(Actions::matching("iot:CreateThing").0, 0);
        for (bit, name) in [
            (Actions::PUBLISH, "iot:Publish"),
            (Actions::RECEIVE, "iot:Receive"),
            (Actions::SUBSCRIBE, "iot:Subscribe"),
            (Actions::ASSUME_ROLE, "iot:AssumeRoleWithCertificate"),
        ] {
            assert_eq!(Actions::matching(name), bit);
        }
        let jobs = ["Describe", "GetPending", "StartNextPending", "Update"];
        let jobs = jobs.map(|verb| Actions::matching(&format!("iot:{verb}JobExecution*")).0);
        assert_eq!(Actions(jobs.iter().sum()), SUPERSEDED);
    }

    #[test]
    fn letter_case_is_told_from_the_documented_one() {
        let written = |text: &str| odd_case(text, Actions::matching(text));
        for (text, right) in [
            ("iot:connect", Some("iot:Connect")),
            ("IOT:Connect", Some("iot:Connect")),
            ("Iot:*", Some("iot:*")),
            ("iot:pub*", Some("iot:Pub*")),
            ("iot:*publish", None),
        ] {
            assert_eq!(written(text), Some(right.map(str::to_owned)), "{text}");
        }
        for text in ["iot:Connect", "iot:*", "*", "iot:Con?ect", "greengrass:*"] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn types_are_those_of_all_the_actions() {
        assert_eq!(Actions::matching("iot:Con*").types(false), CLIENT);
        assert_eq!(Actions(Actions::RECEIVE.0 | Actions::SUBSCRIBE.0).types(false), TOPIC | TOPIC_FILTER);
        assert_eq!(Actions(Actions::RECEIVE.0 | Actions::SUBSCRIBE.0).types(true), TOPIC_FILTER);
        assert_eq!(describe(TOPIC | TOPIC_FILTER), "topic/… and topicfilter/…");
        assert_eq!(describe(EVERYTHING), "\"*\"");
        assert_eq!(Actions::matching("iot:*").on(TOPIC_FILTER), Actions::SUBSCRIBE);
    }

    #[test]
    fn protocols_are_told_apart() {
        assert!(Actions::ASSUME_ROLE.are_https());
        assert!(!Actions(Actions::ASSUME_ROLE.0 | Actions::PUBLISH.0).are_https());
        assert!(!Actions::default().are_https());
        assert!(!Actions::PUBLISH.are_https());
    }

    #[test]
    fn slips_are_led_to_the_action_that_was_meant() {
        for ((service, name), right) in [
            (("iot", "Pubish"), Some("iot:Publish")),
            (("", "Connect"), Some("iot:Connect")),
            (("iot-data", "Publish"), Some("iot:Publish")),
            (("iot-jobs-data", "DescribeJobExecution"), Some("iotjobsdata:DescribeJobExecution")),
            (("iotjobsdata", "GetPendingJobExecution"), Some("iotjobsdata:GetPendingJobExecutions")),
            (("greengrass", "Discovery"), Some("greengrass:Discover")),
            (("greengrass", "AssumeRoleForGroup"), None),
            (("s3", "Publish"), None),
            (("iot", "CreateThing"), None),
        ] {
            assert_eq!(near_action(service, name), right, "{service}:{name}");
        }
    }
}
