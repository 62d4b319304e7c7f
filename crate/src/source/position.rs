//! From byte offsets to the positions that editors speak of.

use super::range::offset;
use serde::Serialize;

/// A place in the original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Position {
    /// UTF-16 code units from the start of the text, from 0.
    pub offset: u32,
    /// Line, from 1; lines end with LF, CRLF or CR.
    pub line: u32,
    /// UTF-16 code units from the start of the line, from 1.
    pub column: u32,
}

/// A range of the original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The position after the last character.
    pub end: Position,
}

/// The distance in bytes between two stored UTF-16 offsets.
const STRIDE: usize = 256;

/// Finds line, column and UTF-16 offset of a byte offset without walking the whole text each time.
pub struct PositionIndex {
    /// Byte offsets of the starts of lines. The first is 0.
    lines: Vec<u32>,
    /// UTF-16 offset at the first character boundary at or after each multiple of [`STRIDE`], with that boundary.
    /// Empty if the text is ASCII: then bytes and UTF-16 units are the same.
    marks: Vec<(u32, u32)>,
}

impl PositionIndex {
    /// Walks the text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                lines.push(offset(at + 1));
            }
        }
        let marks = if text.is_ascii() { Vec::new() } else { marks(text) };
        Self { lines, marks }
    }

    /// The position of a byte offset into `text`, which must be the text of this index.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let line = self.lines.partition_point(|start| *start as usize <= byte).max(1) - 1;
        let units = self.utf16(text, byte);
        let line_offset = self.utf16(text, self.lines[line] as usize);
        Position { offset: units, line: offset(line) + 1, column: units - line_offset + 1 }
    }

    fn utf16(&self, text: &str, byte: usize) -> u32 {
        if self.marks.is_empty() {
            return offset(byte);
        }
        let after = self.marks.partition_point(|(at, _)| *at as usize <= byte);
        let (from, count) = self.marks[after.max(1) - 1];
        let units = text[from as usize..byte].chars().map(char::len_utf16).sum::<usize>();
        count + offset(units)
    }
}

fn marks(text: &str) -> Vec<(u32, u32)> {
    let mut marks = vec![(0, 0)];
    let (mut units, mut next) = (0usize, STRIDE);
    for (at, character) in text.char_indices() {
        if at >= next {
            marks.push((offset(at), offset(units)));
            next = at + STRIDE;
        }
        units += character.len_utf16();
    }
    marks
}
