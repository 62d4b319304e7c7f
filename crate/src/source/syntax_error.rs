//! Parses strict JSON, and says of a text that is none what is wrong with it.

use super::json::Node;
use super::parser;
use super::range::{LayerId, SourceRange, offset};
use super::recover::{Recovery, Slip, recover};
use std::borrow::Cow;

/// Why a text cannot be read.
#[derive(Debug)]
pub struct SyntaxError {
    /// What is wrong first, as a clause: "a comma is missing".
    pub reason: Cow<'static, str>,
    /// The offending characters; empty at the end of the text.
    pub place: SourceRange,
    /// Whether the text is JSON but nests deeper than this reader goes.
    pub too_deep: bool,
    /// Everything that is wrong, if the text is not JSON.
    pub recovery: Option<Box<Recovery>>,
}

impl SyntaxError {
    /// JSON, but nested too deep to read on.
    pub fn too_deep(reason: impl Into<Cow<'static, str>>, place: SourceRange) -> Self {
        Self { reason: reason.into(), place, too_deep: true, recovery: None }
    }

    /// What is wrong after the first slip, one of each kind, as clauses.
    #[cold]
    pub fn others(&self) -> Vec<(&'static str, SourceRange)> {
        let mut others: Vec<(&'static str, SourceRange)> = Vec::new();
        let repairs = self.recovery.iter().flat_map(|recovery| &recovery.repairs);
        let first = repairs.clone().next().map(|repair| repair.slip);
        for repair in repairs {
            let reason = repair.slip.reason();
            if first != Some(repair.slip) && others.len() < MOST_OTHERS && others.iter().all(|other| other.0 != reason)
            {
                others.push((reason, self.place_of(repair.place)));
            }
        }
        others
    }

    /// The range of something that was opened and is not closed.
    #[cold]
    pub fn opened(&self) -> Option<SourceRange> {
        self.recovery.as_ref()?.opened.map(|opened| self.place_of(opened))
    }

    /// What the edits do: by its kind if there is one kind of slip only.
    #[cold]
    pub fn fix_title(&self) -> String {
        let repairs = self.recovery.as_deref().map_or(&[][..], |recovery| &recovery.repairs);
        match repairs {
            [first, others @ ..]
                if !first.slip.fix().is_empty() && others.iter().all(|other| other.slip == first.slip) =>
            {
                let places = if others.is_empty() { String::new() } else { format!(" ({} places)", repairs.len()) };
                [first.slip.fix(), &places].concat()
            }
            _ => "Write it as JSON".to_owned(),
        }
    }

    /// What to write instead, piece by piece.
    #[cold]
    pub fn edits(&self) -> Vec<(SourceRange, String)> {
        let repairs = self.recovery.iter().flat_map(|recovery| &recovery.repairs);
        repairs.map(|repair| (self.place_of((repair.start, repair.end)), repair.text.to_string())).collect()
    }

    fn place_of(&self, (start, end): (usize, usize)) -> SourceRange {
        SourceRange { start: offset(start), end: offset(end), ..self.place }
    }

    #[cold]
    fn of(text: &str, layer: LayerId) -> Self {
        let recovery = recover(text);
        let first = recovery.repairs.first();
        let (start, end) = first.map_or((0, text.len()), |repair| repair.place);
        let plain = first.map_or("", |repair| repair.slip.reason());
        let reason = recovery.reason.clone().map_or(Cow::Borrowed(plain), Cow::Owned);
        Self {
            reason,
            place: SourceRange { layer, start: offset(start), end: offset(end) },
            too_deep: first.is_some_and(|repair| repair.slip == Slip::Deep),
            recovery: Some(Box::new(recovery)),
        }
    }
}

/// How many kinds of slips are named after the first.
const MOST_OTHERS: usize = 4;

/// Parses strict JSON.
pub fn parse(text: &str, layer: LayerId) -> Result<Node, SyntaxError> {
    parser::parse(text, layer).ok_or_else(|| SyntaxError::of(text, layer))
}

/// Parses values that are written one after another. If one is not JSON, those before it are still read. A text without any is an error.
pub fn parse_all(text: &str, layer: LayerId) -> (Vec<Node>, Option<SyntaxError>) {
    let (nodes, end) = parser::parse_all(text, layer);
    let rest = text.get(end..).unwrap_or_default();
    let error = (!rest.is_empty() || nodes.is_empty()).then(|| {
        let error = SyntaxError::of(rest, layer);
        let moved = |at: u32| at + offset(end);
        let place = SourceRange { start: moved(error.place.start), end: moved(error.place.end), ..error.place };
        // The repairs have places in the rest.
        SyntaxError { place, recovery: None, ..error }
    });
    (nodes, error)
}
