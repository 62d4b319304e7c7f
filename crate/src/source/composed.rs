//! Texts that functions compose of pieces from several places, and the way from each piece to where it is written.

use super::json;
use super::range::{SourceRange, offset};
use std::ops::Range;

/// How a text is spelled where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As it is.
    Plain,
    /// As a JSON string, whose place has the quotes.
    Quoted,
    /// As the text of `Fn::Sub`, which has `${!` for `${`.
    Substituted,
}

/// A text that is written somewhere.
#[derive(Clone, Copy, Debug)]
pub struct WrittenText {
    /// Where the whole of it is written.
    pub place: SourceRange,
    /// How.
    pub spelling: Spelling,
    /// The bytes of its content before this part of it.
    pub skip: u32,
}

impl WrittenText {
    /// A text that is written as it is.
    pub fn plain(place: SourceRange) -> Self {
        Self { place, spelling: Spelling::Plain, skip: 0 }
    }

    /// The content of a JSON string.
    pub fn quoted(place: SourceRange) -> Self {
        Self { place, spelling: Spelling::Quoted, skip: 0 }
    }

    /// What is left of it after some bytes of its content.
    pub fn after(self, bytes: usize) -> Self {
        Self { skip: self.skip + offset(bytes), ..self }
    }
}

/// Where a piece of a composed text comes from.
#[derive(Clone, Copy, Debug)]
pub enum PieceOrigin {
    /// It is written for this text alone.
    Written(WrittenText),
    /// It is written elsewhere, perhaps for several uses, and this place refers to it.
    Referred(WrittenText, SourceRange),
    /// It is written once and repeated: the delimiter of `Fn::Join`.
    Repeated(WrittenText),
    /// It is not written: this place refers to a value.
    Value(SourceRange),
}

/// A piece of a composed text.
#[derive(Clone, Copy, Debug)]
pub struct SourcePiece {
    /// Its bytes.
    pub length: usize,
    /// Where it comes from.
    pub origin: PieceOrigin,
}

/// The pieces of a text, one after the other.
pub struct PieceMap {
    /// The end of each piece in the text, and where the piece comes from.
    pieces: Vec<(u32, PieceOrigin)>,
}

impl PieceMap {
    /// The map of these pieces.
    pub fn new(pieces: &[SourcePiece]) -> Self {
        let mut end = 0;
        let mut place = |piece: &SourcePiece| {
            end += piece.length;
            (offset(end), piece.origin)
        };
        Self { pieces: pieces.iter().filter(|piece| piece.length > 0).map(&mut place).collect() }
    }

    /// The pieces that a range touches, and the part of each. An empty range is the end of the piece before it.
    pub fn touched(&self, place: SourceRange) -> impl Iterator<Item = (PieceOrigin, Range<usize>)> + '_ {
        let (start, end) = (place.start, place.end.max(place.start));
        let is_empty = start == end;
        let first = self.pieces.partition_point(|(to, _)| if is_empty { *to < start } else { *to <= start });
        (first..self.pieces.len())
            .map(move |index| (index, index.checked_sub(1).map_or(0, |before| self.pieces[before].0)))
            .take_while(move |(index, from)| *index == first || *from < end)
            .map(move |(index, from)| {
                let (to, origin) = self.pieces[index];
                let inside = |at: u32| (at.clamp(from, to) - from) as usize;
                (origin, inside(start)..inside(end))
            })
    }
}

/// A text as it is spelled at a place.
#[cold]
pub fn spell(text: &str, spelling: Spelling) -> String {
    match spelling {
        Spelling::Plain => text.to_owned(),
        Spelling::Quoted => {
            let quoted = json::quote(text);
            quoted[1..quoted.len() - 1].to_owned()
        }
        Spelling::Substituted => text.replace("${", "${!"),
    }
}
