//! The pieces of a value that is evaluated, each with where it comes from.

use super::provenance::PieceFrom;
use crate::source::{PieceOrigin, SourcePiece, SourceRange};
use std::sync::Arc;

/// A text, and where its pieces come from if that is traced.
#[derive(Clone)]
pub struct EvaluatedText {
    pub text: Arc<str>,
    pub pieces: Vec<TracedPiece>,
}

/// A piece of a text.
#[derive(Clone, Copy)]
pub struct TracedPiece {
    /// Its bytes.
    pub length: usize,
    /// Its bytes before it was escaped for JSON.
    pub content: usize,
    /// Where the text uses it.
    pub used: PieceOrigin,
    /// Where it is written itself, or referred to as a value.
    pub own: PieceOrigin,
    /// What it is.
    pub from: PieceFrom,
    /// Its parameter, by its index.
    pub parameter: Option<usize>,
    /// The innermost call of a function around it.
    pub call: Option<usize>,
}

/// A call of a function, with the one around it.
pub struct Call {
    pub function: &'static str,
    pub place: SourceRange,
    pub outer: Option<usize>,
}

impl TracedPiece {
    /// A piece that is used where it is written.
    pub fn new(length: usize, origin: PieceOrigin, from: PieceFrom, call: Option<usize>) -> Self {
        Self { length, content: length, used: origin, own: origin, from, parameter: None, call }
    }

    /// The piece as a layer of texts needs it.
    pub fn source_piece(&self) -> SourcePiece {
        SourcePiece { length: self.length, origin: self.used }
    }

    /// A part of it.
    fn part(&self, start: usize, length: usize) -> Self {
        let (used, own) = (after(self.used, start), after(self.own, start));
        Self { length, content: length, used, own, ..*self }
    }
}

impl EvaluatedText {
    /// Notes that a place refers to the text, which is written elsewhere or is a value.
    pub fn refer(&mut self, at: SourceRange) {
        for piece in &mut self.pieces {
            piece.used = match piece.used {
                PieceOrigin::Written(text) | PieceOrigin::Repeated(text) | PieceOrigin::Referred(text, _) => {
                    PieceOrigin::Referred(text, at)
                }
                PieceOrigin::Value(_) => PieceOrigin::Value(at),
            };
        }
    }

    /// Notes that a place refers to the text as to a value, whatever it is made of.
    pub fn hold(&mut self, at: SourceRange) {
        for piece in &mut self.pieces {
            piece.used = PieceOrigin::Value(at);
        }
    }

    /// The parts between delimiters, each with its pieces.
    pub fn split(&self, delimiter: &str) -> Vec<EvaluatedText> {
        let (mut parts, mut start) = (Vec::new(), 0);
        // The first piece that reaches into the part, and where that piece begins.
        let (mut first, mut first_at) = (0, 0);
        for text in self.text.split(delimiter) {
            let end = start + text.len();
            while let Some(piece) = self.pieces.get(first).filter(|piece| first_at + piece.length <= start) {
                (first, first_at) = (first + 1, first_at + piece.length);
            }
            let (mut pieces, mut at) = (Vec::new(), first_at);
            for piece in &self.pieces[first..] {
                if at >= end {
                    break;
                }
                let (from, to) = (at.max(start), (at + piece.length).min(end));
                pieces.extend((from < to).then(|| piece.part(from - at, to - from)));
                at += piece.length;
            }
            parts.push(EvaluatedText { text: text.into(), pieces });
            start = end + delimiter.len();
        }
        parts
    }
}

/// Where the rest of a piece comes from, after some of its bytes.
fn after(origin: PieceOrigin, bytes: usize) -> PieceOrigin {
    match origin {
        PieceOrigin::Written(text) => PieceOrigin::Written(text.after(bytes)),
        PieceOrigin::Repeated(text) => PieceOrigin::Repeated(text.after(bytes)),
        PieceOrigin::Referred(text, place) => PieceOrigin::Referred(text.after(bytes), place),
        PieceOrigin::Value(place) => PieceOrigin::Value(place),
    }
}
