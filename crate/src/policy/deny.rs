//! Whether what is denied to subscribe to can be had by a wider filter (AWS's audit of misconfigured policies).

use super::actions::{Actions, ResourceTypes, TOPIC, TOPIC_FILTER};
use super::pattern::matches_exactly;
use super::resource_arn::Resource;
use crate::check::{Context, quoted};
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::SourceRange;

/// At most this many patterns of a kind are compared, and no longer ones: more than AWS accepts.
const MOST: usize = 64;
const LONGEST: usize = 512;

/// The patterns that subscribing and receiving are allowed and denied on.
#[derive(Debug, Default)]
pub struct TopicFilters {
    allowed: Vec<String>,
    denied: Vec<(String, SourceRange)>,
    received: Vec<String>,
    kept_away: Vec<String>,
    /// Whether there are more patterns than were noted, so that no conclusion is possible.
    more: bool,
}

impl TopicFilters {
    /// Notes the filters and topics of a statement. One with a condition may not apply.
    pub fn note(&mut self, allows: bool, has_condition: bool, actions: Actions, resources: &[Resource<'_>]) {
        let (subscribes, receives) = (actions.has(Actions::SUBSCRIBE), actions.has(Actions::RECEIVE));
        if !subscribes && !receives || has_condition && !allows {
            return;
        }
        for resource in resources {
            let of = |types: ResourceTypes| resource.arn.types & types != 0;
            // A resource of any type is every filter and every topic.
            let pattern = if resource.arn.kind.is_empty() { "*" } else { resource.rest() };
            if pattern.len() > LONGEST {
                self.more = true;
                continue;
            }
            let keep = |list: &mut Vec<String>| {
                if list.len() < MOST {
                    list.push(pattern.to_owned());
                }
                list.len() == MOST
            };
            if subscribes && of(TOPIC_FILTER) {
                if allows {
                    self.more |= keep(&mut self.allowed);
                } else if self.denied.len() < MOST {
                    self.denied.push((pattern.to_owned(), resource.node.place));
                } else {
                    self.more = true;
                }
            }
            if receives && of(TOPIC) {
                let list = if allows { &mut self.received } else { &mut self.kept_away };
                let is_full = keep(list);
                self.more |= is_full;
            }
        }
    }

    /// Reports the first Deny of filters whose messages come by a wider filter.
    pub fn check(&self, context: &mut Context) {
        if self.more {
            return;
        }
        let any = |list: &[String], text: &str| list.iter().any(|pattern| matches_exactly(pattern, text));
        let denied = |text: &str| self.denied.iter().any(|(pattern, _)| matches_exactly(pattern, text));
        for (pattern, place) in &self.denied {
            // MQTT's wildcards are already reported. What cannot be received does no harm.
            if pattern.contains(['+', '#', '$']) || any(&self.kept_away, pattern) || !any(&self.received, pattern) {
                continue;
            }
            let ends = std::iter::once(0).chain(pattern.match_indices('/').map(|(at, _)| at + 1)).take(8);
            let wider = ends.map(|end| [&pattern[..end], "#"].concat());
            if let Some(filter) = { wider }.find(|filter| any(&self.allowed, filter) && !denied(filter)) {
                return report_wider(context, pattern, *place, &filter);
            }
        }
    }
}

#[cold]
fn report_wider(context: &mut Context, pattern: &str, place: SourceRange, filter: &str) {
    let message = format!(
        "The Deny stops subscriptions to {}, but a device may subscribe to {} and gets the same messages.",
        quoted(pattern),
        quoted(filter)
    );
    context.report(
        Finding::new(&rules::POLICY_DENY_WILDCARD, place, message)
            .help("To keep the messages away, deny iot:Receive on the topics, too."),
    );
}
