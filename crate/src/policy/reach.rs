//! How far a statement reaches: whether it allows a device what belongs to all (AWS's audit of permissive policies).

use super::actions::{CLIENT, ResourceTypes, THING, TOPIC, TOPIC_FILTER};
use super::checks::Checker;
use super::resource_arn::Resource;
use super::statement::NamedAction;
use super::variables::{CLIENT_ID, THING_NAME};
use crate::check::quoted;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::Node;

impl Resource<'_> {
    /// The types of which the resource covers every one, or every one that concerns things.
    fn broad(&self) -> ResourceTypes {
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
    /// Reports the first action that is allowed on the resources of all devices, unless a condition limits it to the
    /// device's own.
    pub fn check_reach(&mut self, named: &[NamedAction<'_>], resources: &[Resource<'_>], condition: Option<&Node>) {
        if self.permissive {
            return;
        }
        let limited = condition.map_or(0, |condition| self.limits(condition));
        let guarded =
            named.iter().fold(0, |sum, (_, _, actions)| sum | actions.map_or(0, |actions| actions.types(true)));
        let guarded = guarded & !limited;
        for resource in resources {
            let broad = resource.broad() & guarded;
            let reaches =
                |actions: &&NamedAction<'_>| actions.2.is_some_and(|actions| actions.types(true) & broad != 0);
            if broad != 0
                && let Some((action, text, _)) = named.iter().find(reaches)
            {
                self.permissive = true;
                return self.report_reach(resource, action, text, condition);
            }
        }
    }

    #[cold]
    fn report_reach(&mut self, resource: &Resource<'_>, action: &Node, text: &str, condition: Option<&Node>) {
        let range = resource.arn.rest.clone();
        let place =
            if range.is_empty() { resource.node.place } else { self.context.sources.part(resource.node, range) };
        let message = format!(
            "{} is allowed on {}: AWS's audit reports such a policy as overly permissive.",
            quoted(text),
            quoted(resource.text)
        );
        let finding = Finding::new(&rules::POLICY_PERMISSIVE, place, message)
            .help(format!("Limit it to the device's own, for example by {THING_NAME}."))
            .related("The action.", action.place);
        self.report(match condition {
            Some(condition) => {
                finding.related("This condition does not limit it to the device's own resources.", condition.place)
            }
            None => finding,
        });
    }
}
