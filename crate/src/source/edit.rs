//! Edits of an object's members, in the object's own way of writing.

use super::json::{Member, Node, quote};
use super::range::SourceRange;
use super::source_map::SourceMap;

/// Where a member is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertAt {
    /// Before all others.
    Front,
    /// After all others.
    Back,
}

/// A gap in an object that a member can be put into.
#[derive(Clone, Debug)]
pub struct InsertionPoint {
    place: SourceRange,
    before: String,
    colon: String,
    after: &'static str,
}

impl InsertionPoint {
    /// The edit that puts a member here; `value` is JSON.
    #[cold]
    pub fn fill(&self, key: &str, value: &str) -> (SourceRange, String) {
        (self.place, [&self.before, quote(key).as_str(), &self.colon, value, self.after].concat())
    }
}

impl SourceMap {
    /// The gap before or after all members of an object.
    #[cold]
    pub fn insertion_point(&self, object: &Node, at: InsertAt) -> InsertionPoint {
        let members = object.as_object().unwrap_or_default();
        let here = |offset: u32| SourceRange { start: offset, end: offset, ..object.place };
        let inside = object.place.start + 1;
        let (Some(first), Some(last)) = (members.first(), members.last()) else {
            return InsertionPoint { place: here(inside), before: String::new(), colon: ": ".to_owned(), after: "" };
        };
        let between = |start: u32, end: u32| self.slice(SourceRange { start, end, ..object.place });
        let colon = between(first.key_place.end, first.value.place.start).to_owned();
        // The white space before the first key is also that before each other key.
        let space = between(inside, first.key_place.start);
        match at {
            InsertAt::Front => InsertionPoint { place: here(inside), before: space.to_owned(), colon, after: "," },
            InsertAt::Back => {
                let space = if space.is_empty() && colon != ":" { " " } else { space };
                InsertionPoint { place: here(last.value.place.end), before: [",", space].concat(), colon, after: "" }
            }
        }
    }

    /// The edit that takes a member out of an object, with the comma that is no longer needed.
    #[cold]
    pub fn remove_member(&self, object: &Node, member: &Member) -> (SourceRange, String) {
        let members = object.as_object().unwrap_or_default();
        // Members are in the order of the text, and there may be very many.
        let index = members.partition_point(|other| other.key_place.start < member.key_place.start);
        let before = index.checked_sub(1).and_then(|before| members.get(before));
        let own = member.place();
        let place = match (before, members.get(index + 1)) {
            (_, Some(next)) => SourceRange { end: next.key_place.start, ..own },
            (Some(before), None) => SourceRange { start: before.value.place.end, ..own },
            (None, None) => SourceRange { start: object.place.start + 1, end: object.place.end - 1, ..own },
        };
        (place, String::new())
    }

    /// The edits that take members out of an object, one for each run of them.
    #[cold]
    pub fn remove_members(&self, object: &Node, remove: &dyn Fn(&Member) -> bool) -> Vec<(SourceRange, String)> {
        let members = object.as_object().unwrap_or_default();
        let mut edits = Vec::new();
        let mut kept: Option<&Member> = None;
        let mut run: Option<&Member> = None;
        for member in members {
            if remove(member) {
                run = run.or(Some(member));
                continue;
            }
            if let Some(first) = run.take() {
                edits.push((SourceRange { end: member.key_place.start, ..first.key_place }, String::new()));
            }
            kept = Some(member);
        }
        if run.is_some() {
            let start = kept.map_or(object.place.start + 1, |before| before.value.place.end);
            let end = members.last().filter(|_| kept.is_some()).map_or(object.place.end - 1, |l| l.value.place.end);
            edits.push((SourceRange { start, end, ..object.place }, String::new()));
        }
        edits
    }

    /// The original text with edits applied. Repaired layers with edits are written out. `None` if two edits overlap.
    #[cold]
    pub fn edited(&self, edits: &[(SourceRange, String)]) -> Option<String> {
        let mut edits = edits.to_vec();
        // A layer has a higher number than the layer that it is in.
        while let Some(layer) = edits.iter().map(|(place, _)| place.layer).max() {
            let (mut own, others): (Vec<_>, Vec<_>) = edits.into_iter().partition(|(place, _)| place.layer == layer);
            edits = others;
            // By the same types as `sorted::sort_by_places`, which this room does not know: the sort is in the wasm once.
            own.sort_by_cached_key(|(place, _)| (place.start as usize, place.end as usize));
            let whole = self.text(layer);
            let (mut text, mut at) = (String::with_capacity(whole.len() + 64), 0);
            for (place, new) in &own {
                text.push_str(whole.get(at..place.start as usize)?);
                text.push_str(new);
                at = place.end as usize;
            }
            text.push_str(whole.get(at..)?);
            let Some(place) = self.outward(self.whole(layer)) else { return Some(text) };
            if self.is_repaired(layer) {
                edits.push((self.whole(place.layer), text));
            } else {
                let quoted = quote(&text);
                edits.push((place, quoted[1..quoted.len() - 1].to_owned()));
            }
        }
        None
    }
}
