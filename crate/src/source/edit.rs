//! Edits of an object's members, in the object's own way of writing.

use super::json::{Member, Node, quote};
use super::{Place, Sources};

/// Where a member is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Before all others.
    Front,
    /// Behind all others.
    Back,
}

impl Sources {
    /// The edit that adds a member to an object; `value` is JSON.
    #[cold]
    pub fn add_member(&self, object: &Node, at: At, key: &str, value: &str) -> (Place, String) {
        let members = object.as_object().unwrap_or_default();
        let here = |offset: u32| Place { start: offset, end: offset, ..object.place };
        let inside = object.place.start + 1;
        let (Some(first), Some(last)) = (members.first(), members.last()) else {
            return (here(inside), format!("{}: {value}", quote(key)));
        };
        let between = |start: u32, end: u32| self.slice(Place { start, end, ..object.place });
        let colon = between(first.key_place.end, first.value.place.start);
        // The white space before the first key is what stands before each.
        let space = between(inside, first.key_place.start);
        let member = format!("{}{colon}{value}", quote(key));
        match at {
            At::Front => (here(inside), format!("{space}{member},")),
            At::Back => {
                let space = if space.is_empty() && colon != ":" { " " } else { space };
                (here(last.value.place.end), format!(",{space}{member}"))
            }
        }
    }

    /// The edit that takes a member out of an object, with the comma that is no longer needed.
    #[cold]
    pub fn remove_member(&self, object: &Node, member: &Member) -> (Place, String) {
        let members = object.as_object().unwrap_or_default();
        let own = member.place();
        let index = members.iter().position(|other| other.key_place == member.key_place);
        let place = match index {
            None => own,
            Some(index) => {
                match (index.checked_sub(1).and_then(|before| members.get(before)), members.get(index + 1)) {
                    (_, Some(next)) => Place { end: next.key_place.start, ..own },
                    (Some(before), None) => Place { start: before.value.place.end, ..own },
                    (None, None) => Place { start: object.place.start + 1, end: object.place.end - 1, ..own },
                }
            }
        };
        (place, String::new())
    }
}
