//! Rows as records. The layout is that of `plan/fleet/record.rs` in `jitp`, whose tests compare both.

use crate::program::{ASCII, Piece, Program};
use crate::walk::Text;
use std::ops::Range;

/// Where a record says that its texts are ASCII, and where its certificate ID, name and what follows are.
const IS_ASCII: usize = 11;
const ID: usize = 40;
const NAME: usize = 104;
/// The longest name of a thing.
const LONGEST_NAME: usize = 128;
/// A record's length is a multiple of this.
const UNIT: usize = 4;

/// The record that is being made. One is used for all rows: a row whose name is as long as the last one's changes only what differs.
#[derive(Clone, Debug)]
pub struct Record {
    /// The record, with room for the longest name.
    bytes: Box<[u8]>,
    /// Its length.
    length: usize,
    /// The length of the name for which the rest is laid out. `None`: for none.
    laid_out: Option<usize>,
    /// Where the name is in the sentence on access.
    in_sentence: Vec<usize>,
    /// The length of the name.
    name: usize,
    /// Whether the constant texts are ASCII.
    is_ascii: bool,
}

impl Record {
    /// A record with the constant part of a program's rows.
    pub fn new(program: &Program) -> Self {
        let constant: usize = program.access.iter().map(|text| text.len()).sum();
        let names = program.access.len().max(1);
        let mut bytes = vec![0; NAME + names * LONGEST_NAME + constant + UNIT];
        bytes[4..12].copy_from_slice(&program.head);
        let name = program.thing_name.iter().flatten().all(|piece| match piece {
            Piece::Text(text) => text.is_ascii(),
            Piece::Value(_) | Piece::Id => true,
        });
        let is_ascii = name && program.access.iter().all(|text| text.is_ascii());
        Self { bytes: bytes.into(), length: 0, laid_out: None, in_sentence: Vec::new(), name: 0, is_ascii }
    }

    /// The place of the certificate ID.
    #[inline(always)]
    pub fn id(&mut self) -> Option<&mut [u8; NAME - ID]> {
        self.bytes[ID..].first_chunk_mut()
    }

    /// Writes the thing's name. `None` if it is too long.
    #[inline(always)]
    pub fn write_name(&mut self, pieces: &[Piece], values: &[Text<'_>]) -> Option<()> {
        // A name that turns out to be too long has written over what follows it.
        let laid_out = self.laid_out.take();
        let (before, name) = self.bytes.split_at_mut(NAME);
        let (mut length, mut classes) = (0, u8::MAX);
        for piece in pieces {
            let bytes = match piece {
                Piece::Text(text) => text,
                Piece::Value(at) => {
                    let value = values.get(*at)?;
                    classes &= value.classes;
                    value.bytes
                }
                Piece::Id => &before[ID..],
            };
            copy(bytes, name[..LONGEST_NAME].get_mut(length..length + bytes.len())?);
            length += bytes.len();
        }
        before[IS_ASCII] = u8::from(self.is_ascii && classes & ASCII != 0);
        self.name = length;
        self.laid_out = laid_out.filter(|laid_out| *laid_out == length);
        Some(())
    }

    /// Adds the record.
    #[inline(always)]
    pub fn add(&mut self, program: &Program, place: &Range<usize>, rows: &mut Vec<u8>) {
        match self.laid_out {
            None => self.lay_out(program),
            Some(_) => {
                let (before, after) = self.bytes.split_at_mut(NAME + self.name);
                for at in &self.in_sentence {
                    copy(&before[NAME..], &mut after[*at..*at + self.name]);
                }
            }
        }
        for (at, number) in [(32, place.start), (36, place.end)] {
            self.bytes[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        }
        rows.extend_from_slice(&self.bytes[..self.length]);
    }

    /// Writes what depends on the length of the name.
    #[inline(never)]
    fn lay_out(&mut self, program: &Program) {
        let (before, after) = self.bytes.split_at_mut(NAME + self.name);
        let (name, mut end) = (&before[NAME..], 0);
        self.in_sentence.clear();
        for (at, text) in program.access.iter().enumerate() {
            if at > 0 {
                self.in_sentence.push(end);
                after[end..end + name.len()].copy_from_slice(name);
                end += name.len();
            }
            after[end..end + text.len()].copy_from_slice(text);
            end += text.len();
        }
        let access = end;
        self.length = (NAME + self.name + access).next_multiple_of(UNIT);
        after[end..self.length - NAME - self.name].fill(0);
        for (at, number) in [(0, self.length), (20, self.name), (28, access)] {
            self.bytes[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        }
        self.laid_out = Some(self.name);
    }
}

/// Copies bytes. Few are copied as two numbers that overlap: a call would take longer than that.
#[inline(always)]
fn copy(from: &[u8], to: &mut [u8]) {
    match from.len() {
        8..=16 => ends::<8>(from, to),
        17..=32 => ends::<16>(from, to),
        _ => to.copy_from_slice(from),
    }
}

/// Copies the first and the last bytes, which overlap or meet.
#[inline(always)]
fn ends<const HALF: usize>(from: &[u8], to: &mut [u8]) {
    if let (Some(first), Some(last)) = (from.first_chunk::<HALF>(), from.last_chunk::<HALF>()) {
        if let Some(start) = to.first_chunk_mut() {
            *start = *first;
        }
        if let Some(end) = to.last_chunk_mut() {
            *end = *last;
        }
    }
}
