//! Rows as records. The layout is that of `plan/fleet/record.rs` in `jitp`, whose tests compare both.

use crate::program::{Piece, Program};
use crate::walk::Text;
use std::ops::Range;

/// Where a record's certificate ID, name and what follows are.
const ID: usize = 40;
const NAME: usize = 104;
/// The longest name of a thing.
const LONGEST_NAME: usize = 128;
/// A record's length is a multiple of this.
const UNIT: usize = 4;

/// The record that is being made. One is used for all rows, so that nothing of it is cleared, and it is copied at once: a call that copies
/// a few bytes takes longer than they do.
#[derive(Clone, Debug)]
pub struct Record {
    bytes: [u8; NAME + LONGEST_NAME + UNIT],
    /// The length of the name.
    name: usize,
}

impl Record {
    /// A record with the constant part of a program's rows.
    pub fn new(program: &Program) -> Self {
        let mut bytes = [0; NAME + LONGEST_NAME + UNIT];
        bytes[4..12].copy_from_slice(&program.head);
        Self { bytes, name: 0 }
    }

    /// The place of the certificate ID.
    #[inline(always)]
    pub fn id(&mut self) -> Option<&mut [u8; NAME - ID]> {
        self.bytes[ID..].first_chunk_mut()
    }

    /// Writes the thing's name. `None` if it is too long.
    #[inline(always)]
    pub fn write_name(&mut self, pieces: &[Piece], values: &[Text<'_>]) -> Option<()> {
        let (before, name) = self.bytes.split_at_mut(NAME);
        let mut length = 0;
        for piece in pieces {
            let bytes = match piece {
                Piece::Text(text) => text,
                Piece::Value(at) => values.get(*at)?.bytes,
                Piece::Id => &before[ID..],
            };
            copy(bytes, name[..LONGEST_NAME].get_mut(length..length + bytes.len())?);
            length += bytes.len();
        }
        *name[length..].first_chunk_mut()? = [0; UNIT];
        self.name = length;
        Some(())
    }

    /// Adds the record.
    #[inline(always)]
    pub fn add(&mut self, program: &Program, place: &Range<usize>, rows: &mut Vec<u8>) {
        let access = match program.access.len() {
            0 => 0,
            texts => program.access.iter().map(|text| text.len()).sum::<usize>() + (texts - 1) * self.name,
        };
        let length = (NAME + self.name + access).next_multiple_of(UNIT);
        for (at, number) in [(0, length), (20, self.name), (28, access), (32, place.start), (36, place.end)] {
            self.bytes[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        }
        if access == 0 {
            rows.extend_from_slice(&self.bytes[..length]);
            return;
        }
        let (end, name) = (rows.len() + length, NAME..NAME + self.name);
        rows.extend_from_slice(&self.bytes[..name.end]);
        for (at, text) in program.access.iter().enumerate() {
            if at > 0 {
                rows.extend_from_slice(&self.bytes[name.clone()]);
            }
            rows.extend_from_slice(text);
        }
        rows.resize(end, 0);
    }
}

/// Copies bytes. Few are copied as two numbers that overlap.
#[inline(always)]
fn copy(from: &[u8], to: &mut [u8]) {
    let halves = (from.first_chunk::<8>(), from.last_chunk::<8>());
    match (from.len(), halves) {
        (8..=16, (Some(first), Some(last))) => {
            if let Some(start) = to.first_chunk_mut() {
                *start = *first;
            }
            if let Some(end) = to.last_chunk_mut() {
                *end = *last;
            }
        }
        _ => to.copy_from_slice(from),
    }
}
