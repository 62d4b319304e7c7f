//! The keys that an object may have: known ones, known ones misspelt, and unknown ones.

use super::judge::Judge;
use crate::diagnostic::Finding;
use crate::rules::{self, Rule};
use crate::source::{Member, Node, Place, quote};
use std::collections::BTreeMap;

/// Reports keys that stand twice in an object, at any depth below `node`, by the rule that this breaks there.
pub fn report_duplicates(judge: &mut Judge, node: &Node, rule: &'static Rule) {
    if let Some(elements) = node.as_array() {
        elements.iter().for_each(|element| report_duplicates(judge, element, rule));
    }
    let Some(members) = node.as_object() else { return };
    // Most objects are small: comparing all pairs is faster than any index.
    let mut seen = (members.len() > 32).then(Index::default);
    for (at, member) in members.iter().enumerate() {
        let first = match &mut seen {
            Some(seen) => seen.insert(&member.key, at),
            None => members[..at].iter().rposition(|earlier| earlier.key == member.key),
        };
        if let Some(first) = first {
            let message = format!("The key {} stands twice in this object.", quoted(&member.key));
            judge.report(
                Finding::new(rule, member.key_place, message)
                    .help("Keep one of them, or give the second another name.")
                    .related("It stands here first.", members[first].key_place),
            );
        }
        report_duplicates(judge, &member.value, rule);
    }
}

/// Finds names by number; one type for all uses, to keep the wasm small.
#[derive(Default)]
pub struct Index(BTreeMap<Box<str>, usize>);

impl Index {
    /// Gives a name a number, and gives the number that it had.
    pub fn insert(&mut self, name: &str, number: usize) -> Option<usize> {
        self.0.insert(name.into(), number)
    }

    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// Sorts an object's members by the keys that this place knows; the last of duplicates counts.
///
/// A key in another case, or in snake case, is reported and taken for the known one, so that one slip gives one finding.
/// Any other key is reported with the nearest known one.
pub struct Known<'n> {
    found: Vec<(&'static str, &'n Member)>,
}

impl<'n> Known<'n> {
    /// Reads the members of `owner`; `what` names the object in messages ("a thing resource").
    pub fn read(judge: &mut Judge, members: &'n [Member], keys: &[&'static str], what: &str) -> Self {
        let mut found: Vec<(&'static str, &'n Member)> = Vec::new();
        for member in members {
            if let Some(key) = keys.iter().find(|key| **key == member.key) {
                found.push((key, member));
            } else if let Some(key) = keys.iter().find(|key| same_but_spelling(key, &member.key)) {
                // Beside the right key a misspelt one has no effect; in its place it is read as it was meant.
                let beside = members.iter().any(|other| other.key == **key);
                report_spelling(judge, member, key, beside);
                if !beside {
                    found.push((key, member));
                }
            } else {
                report_unknown(judge, member, members, keys, what);
            }
        }
        Self { found }
    }

    /// The member with this key.
    pub fn member(&self, key: &str) -> Option<&'n Member> {
        self.found.iter().rev().find(|(known, _)| *known == key).map(|(_, member)| *member)
    }

    /// The value at this key.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.member(key).map(|member| &member.value)
    }
}

#[cold]
fn report_spelling(judge: &mut Judge, member: &Member, key: &str, beside: bool) {
    let message = format!("The key {} has to be spelt {}.", quoted(&member.key), quoted(key));
    let finding = Finding::new(&rules::KEY_CASE, member.key_place, message);
    judge.report(if beside {
        finding.help(format!("{} stands beside it already: remove one of them.", quoted(key)))
    } else {
        finding.fix(format!("Write {}", quoted(key)), member.key_place, quoted(key))
    });
}

#[cold]
fn report_unknown(judge: &mut Judge, member: &Member, members: &[Member], keys: &[&'static str], what: &str) {
    if judge.is_full() {
        return;
    }
    let message = format!("{} is no key of {what}.", quoted(&member.key));
    let finding = Finding::new(&rules::UNKNOWN_KEY, member.key_place, message);
    let is_resource =
        member.value.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::IoT::"));
    judge.report(match nearest(&member.key, keys.iter().copied()) {
        Some(near) if members.iter().any(|other| other.key == near) => {
            finding.help(format!("It is much like {}, which stands beside it.", quoted(near)))
        }
        Some(near) => finding.help(format!("Did you mean {}?", quoted(near))).fix(
            format!("Write {}", quoted(near)),
            member.key_place,
            quoted(near),
        ),
        None if is_resource => finding.help("It looks like a resource: it belongs inside Resources."),
        None if member.key == "OverrideSettings" => finding.help("It belongs beside Properties, not inside."),
        None => finding.help(format!("Known keys: {}.", keys.join(", "))),
    });
}

/// Whether two keys are the same once case, hyphens and underscores are left aside.
#[cold]
pub fn same_but_spelling(one: &str, other: &str) -> bool {
    let plain = |text: &'_ str| {
        let bytes = text.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        bytes.map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>()
    };
    // Lengths differ by separators only, and there are few.
    one.len().abs_diff(other.len()) <= 8 && plain(one) == plain(other)
}

/// The value at a key, or at the same key in another spelling.
pub fn get_as_meant<'n>(object: &'n Node, key: &str) -> Option<&'n Node> {
    let members = object.as_object()?;
    let meant = || members.iter().find(|member| same_but_spelling(&member.key, key)).map(|member| &member.value);
    object.get(key).or_else(meant)
}

/// The candidate nearest to `word`, where one is near enough to be meant.
#[cold]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Comparing takes the product of the lengths: a longer word is no slip of the finger, and a text with more names than
    // these is made by a machine.
    const LONGEST: usize = 64;
    const MOST: usize = 256;
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .take(MOST)
        .map(|candidate| (distance(&lower, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 4).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
#[cold]
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0usize; other.len() + 1]; one.len() + 1];
    rows[0].iter_mut().enumerate().for_each(|(at, cell)| *cell = at);
    for (i, left) in one.iter().enumerate() {
        rows[i + 1][0] = i + 1;
        for (j, right) in other.iter().enumerate() {
            let replaced = rows[i][j] + usize::from(left != right);
            let mut best = replaced.min(rows[i][j + 1] + 1).min(rows[i + 1][j] + 1);
            if i > 0 && j > 0 && *left == other[j - 1] && one[i - 1] == *right {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            rows[i + 1][j + 1] = best;
        }
    }
    rows[one.len()][other.len()]
}

/// A word as JSON would quote it, cut where it is too long for a message.
#[cold]
pub fn quoted(word: &str) -> String {
    const LONGEST: usize = 80;
    if word.chars().count() <= LONGEST {
        return quote(word);
    }
    let cut: String = word.chars().take(LONGEST).collect();
    quote(&format!("{cut}…"))
}

/// Reports a value of the wrong JSON type.
#[cold]
pub fn report_type(judge: &mut Judge, node: &Node, what: &str, expected: &str) {
    let message = format!("{what} has to be {expected}, not {}.", node.kind());
    judge.report(Finding::new(&rules::WRONG_TYPE, node.place, message));
}

/// The last character of an object or array: the place to name where something is missing from it.
pub fn opening(node: &Node) -> Place {
    Place { end: node.place.start + 1, ..node.place }
}
