//! Client IDs of which a part is not known, because only the whole certificate tells it.

use super::answer::{Effect, StatementPlace};
use super::compile::CompiledStatement;
use super::device::Device;
use super::explain;
use super::glob::Symbol;
use super::key::PolicyKey;
use super::pattern::Match;
use super::request::{RequestContext, Verb};
use super::resource::Target;
use super::truth::Truth;
use super::values::Values;
use crate::certificate::known::{UNKNOWN_ID, UNKNOWN_SERIAL};

const CONNECT: &str = "iot:connect";

impl Device {
    /// A Deny that can match the connection, depending on the part of the client ID that is not known: the statement in words, and its
    /// place.
    #[cold]
    pub fn may_deny_client(&self, context: &RequestContext) -> Option<(String, StatementPlace)> {
        let id = self.client_id(context)?;
        let mut values = self.values(Verb::Connect, CONNECT, Some(id), context);
        let name = ["client/", id].concat();
        let open = Target::Like(symbols(&name), "client");
        let plain = Target::Here(Some(name), "client");
        let statements =
            self.counting(&values).flat_map(|policy| policy.statements.iter().map(move |one| (policy, one)));
        let mut denies =
            statements.filter(|(_, statement)| statement.effect == Effect::Deny && statement.covers_action(CONNECT));
        let (policy, statement) = denies.find(|(_, statement)| statement.may_concern([&plain, &open], &mut values))?;
        Some((explain::of((policy, statement)), statement.place(policy)))
    }
}

impl CompiledStatement {
    /// Whether resources and conditions can match, given the name with what stands for the unknown part, and with any text there.
    fn may_concern(&self, [plain, open]: [&Target; 2], values: &mut Values<'_>) -> bool {
        let is_bound = |key: &PolicyKey| *key == PolicyKey::ClientId || key.is_of_thing();
        // A variable that holds the client ID is compared with itself.
        let mut found = self.resources.iter().map(|resource| {
            let target = if resource.keys().any(is_bound) { plain } else { open };
            resource.matches(target, values)
        });
        let may_be = if self.not_resources {
            !found.any(|one| one == Match::Yes)
        } else {
            found.any(|one| matches!(one, Match::Yes | Match::Part | Match::Unknown))
        };
        may_be
            && self
                .conditions
                .iter()
                .all(|condition| condition.matches(values) != Truth::No || condition.rests_on_unknown(values))
    }
}

/// A text in which what stands for an unknown value is any text.
fn symbols(text: &str) -> Vec<Symbol> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = [UNKNOWN_ID, UNKNOWN_SERIAL].into_iter().find_map(|unknown| rest.strip_prefix(unknown));
        found.push(if after.is_some() { Symbol::Hidden } else { Symbol::Char(first) });
        rest = after.unwrap_or(&rest[first.len_utf8()..]);
    }
    found
}
