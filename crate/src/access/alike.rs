//! Policies that say the same to all devices that connect by the names of their things.

use super::compile::{CompiledPolicy, CompiledStatement};
use super::key::PolicyKey;
use super::pattern::{Pattern, Piece};
use super::resource::ResourcePattern;

/// What a connection is checked on begins so.
const CLIENT: &str = "client/";
const CONNECT: &str = "iot:connect";

impl CompiledPolicy {
    /// Whether all devices get the same answer to whether they can connect, if each connects by the name of its thing, and all else that is
    /// known of them is the same. `false` decides nothing. Names have the characters that AWS accepts, none of which is a wildcard.
    #[cold]
    pub(crate) fn connects_all_alike(&self) -> bool {
        self.is_readable && !self.asks_for_certificate && self.statements.iter().all(CompiledStatement::is_alike)
    }
}

impl CompiledStatement {
    fn is_alike(&self) -> bool {
        let same_when = || self.conditions.iter().flat_map(|condition| condition.keys());
        self.open.is_empty()
            && (!self.covers_action(CONNECT)
                || self.resources.iter().all(ResourcePattern::is_alike)
                    && same_when().all(|key| *key == PolicyKey::IsAttached))
    }
}

impl ResourcePattern {
    fn is_alike(&self) -> bool {
        if self.keys().next().is_none() && self.is_open() {
            return true;
        }
        let Some([before @ .., last]) = self.parts() else { return false };
        before.iter().flat_map(Pattern::keys).next().is_none() && is_alike(last)
    }
}

/// Whether a pattern matches all of these clients, or none.
fn is_alike(pattern: &Pattern) -> bool {
    match pattern.pieces() {
        [Piece::Any] => true,
        [Piece::Text(begin), Piece::Any | Piece::Variable(PolicyKey::ThingName | PolicyKey::ClientId, _)]
            if **begin == *CLIENT =>
        {
            true
        }
        // Another type.
        [Piece::Text(begin), ..] => !begin.starts_with(CLIENT) && !CLIENT.starts_with(&**begin),
        _ => false,
    }
}
