//! Rows as records. The layout is that of `plan/fleet/record.rs` in `jitp`, whose tests compare both.

use crate::program::{Piece, Program};
use crate::walk::Text;
use std::ops::Range;

/// The bytes of a record before its texts, and those of a certificate ID.
const HEADER: usize = 40;
pub const ID: usize = 64;
/// The longest name of a thing.
pub const LONGEST_NAME: usize = 128;

/// Writes the thing's name. `None` if it is too long.
#[inline(always)]
pub fn thing_name<'n>(
    pieces: &[Piece],
    values: &[Text<'_>],
    id: &[u8; ID],
    name: &'n mut [u8; LONGEST_NAME],
) -> Option<&'n [u8]> {
    let mut length = 0;
    for piece in pieces {
        let bytes = match piece {
            Piece::Text(text) => text,
            Piece::Value(at) => values.get(*at)?.bytes,
            Piece::Id => id,
        };
        name.get_mut(length..length + bytes.len())?.copy_from_slice(bytes);
        length += bytes.len();
    }
    Some(&name[..length])
}

/// Adds the row of a certificate.
#[inline]
pub fn write(program: &Program, id: &[u8; ID], name: &[u8], place: &Range<usize>, rows: &mut Vec<u8>) {
    let access = match program.access.len() {
        0 => 0,
        texts => program.access.iter().map(|text| text.len()).sum::<usize>() + (texts - 1) * name.len(),
    };
    let length = (HEADER + ID + name.len() + access).next_multiple_of(4);
    let mut header = [0; HEADER];
    let mut put = |at: usize, number: usize| header[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
    put(0, length);
    put(20, name.len());
    put(28, access);
    put(32, place.start);
    put(36, place.end);
    header[4..12].copy_from_slice(&program.head);
    let end = rows.len() + length;
    rows.reserve(length);
    rows.extend_from_slice(&header);
    rows.extend_from_slice(id);
    rows.extend_from_slice(name);
    for (at, text) in program.access.iter().enumerate() {
        if at > 0 {
            rows.extend_from_slice(name);
        }
        rows.extend_from_slice(text);
    }
    rows.resize(end, 0);
}
