//! A decision before it is put into words.

use super::answer::{AccessCause, Answer, Denial, Missing};
use super::compile::{CompiledPolicy, CompiledStatement};

/// A statement with its policy.
pub type Found<'d> = (&'d CompiledPolicy, &'d CompiledStatement);

/// What the policies say of one action on one resource.
pub struct Ruling<'d> {
    pub answer: Answer,
    pub denial: Option<Denial>,
    pub cause: Option<AccessCause>,
    /// The Deny or the Allow that decides, or the one that stays open.
    pub statement: Option<Found<'d>>,
    /// A matching Allow, for an answer that something open can still turn.
    pub allowed_by: Option<Found<'d>>,
    pub missing: Vec<Missing>,
    pub undecided: Option<&'static str>,
    /// What denies a part of a pattern of requests.
    pub exceptions: Vec<Found<'d>>,
}

impl<'d> Ruling<'d> {
    /// An answer and its cause.
    pub fn of(answer: Answer, cause: AccessCause, statement: Option<Found<'d>>) -> Self {
        Self {
            answer,
            denial: None,
            cause: Some(cause),
            statement,
            allowed_by: None,
            missing: Vec::new(),
            undecided: None,
            exceptions: Vec::new(),
        }
    }
}
