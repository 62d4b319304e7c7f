//! The table of mutations: a name, the codes, one of which must be reported, and the change.

use crate::case::Case;
use crate::{places, policies, shape, texts, types, values};

/// A named way to break a template.
pub struct Mutation {
    pub name: String,
    /// jitp objects with one of them.
    pub codes: Vec<String>,
    /// Breaks the place of this case's site; returns whether there is one.
    pub change: Box<dyn Fn(&mut Case) -> bool>,
    /// Whether the one slip must give the one finding.
    pub alone: bool,
}

/// A row. Spaces separate the `codes`.
pub fn mutation(name: impl Into<String>, codes: &str, change: impl Fn(&mut Case) -> bool + 'static) -> Mutation {
    let codes = codes.split_whitespace().map(str::to_owned).collect();
    Mutation { name: name.into(), codes, change: Box::new(change), alone: false }
}

/// A row whose slip gives one finding and no other.
pub fn alone(name: impl Into<String>, codes: &str, change: impl Fn(&mut Case) -> bool + 'static) -> Mutation {
    Mutation { alone: true, ..mutation(name, codes, change) }
}

/// All of them.
pub fn all() -> Vec<Mutation> {
    [
        shape::deletions(),
        shape::renamings(),
        shape::cases(),
        shape::duplicates(),
        types::all(),
        values::limits(),
        values::roles(),
        values::misplaced(),
        values::envelopes(),
        texts::all(),
        policies::all(),
        places::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
