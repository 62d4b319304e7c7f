//! A reader of DER elements that borrows, and nothing more.
//!
//! The `der` crate is not used here for two reasons. It accepts only the universal tags that it knows, and only the
//! shortest lengths, so one UniversalString in a name would cost the whole certificate. And a walk with its readers
//! took seven times as long in wasm, which matters if ten thousand certificates are read in one call. Tests hold this
//! reader to the answers of `x509-cert` wherever that crate gives an answer.

use super::error::{DerProblem, ReadError};

pub(crate) use crate::der_tag::{
    BIT_STRING, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, UTC_TIME,
};

/// One element: tag, length and content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    /// Tag, length and content as encoded.
    pub encoded: &'a [u8],
    /// Where `encoded` starts, counted from the start of the outermost bytes.
    pub offset: usize,
}

impl<'a> Element<'a> {
    /// Reads the elements inside this one.
    #[inline]
    pub fn reader(&self) -> DerReader<'a> {
        DerReader { rest: self.content, offset: self.offset + self.encoded.len() - self.content.len() }
    }
}

/// Reads elements that follow one another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DerReader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> DerReader<'a> {
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        DerReader { rest: bytes, offset: 0 }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next element, if there is one.
    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// An error about what should be at the present place.
    #[cold]
    pub fn error(&self, expected: &'static str, problem: DerProblem) -> ReadError {
        ReadError { expected, offset: self.offset, problem }
    }

    /// The next element, whatever it is.
    #[inline]
    pub fn any(&mut self, expected: &'static str) -> Result<Element<'a>, ReadError> {
        let (tag, first) = match *self.rest {
            [] => return Err(self.error(expected, DerProblem::Missing)),
            [tag] => {
                return Err(self.error(expected, if is_long(tag) { DerProblem::LongTag } else { DerProblem::Length }));
            }
            [tag, first, ..] => (tag, first),
        };
        if is_long(tag) {
            return Err(self.error(expected, DerProblem::LongTag));
        }
        let (header, length) = if first < 0x80 {
            (2, first as usize)
        } else {
            let count = (first & 0x7f) as usize;
            if count == 0 {
                return Err(self.error(expected, DerProblem::Indefinite));
            }
            // Leading zeros are not DER, but readers accept them. Four bytes are more than any certificate needs.
            match self.rest.get(2..2 + count) {
                Some(bytes) if count <= 4 => {
                    (2 + count, bytes.iter().fold(0_u32, |length, &byte| length << 8 | u32::from(byte)) as usize)
                }
                _ => return Err(self.error(expected, DerProblem::Length)),
            }
        };
        let left = self.rest.len() - header;
        if length > left {
            return Err(self.error(expected, DerProblem::Overrun { claimed: length, left }));
        }
        let (encoded, rest) = self.rest.split_at(header + length);
        let element = Element { tag, content: &encoded[header..], encoded, offset: self.offset };
        self.rest = rest;
        self.offset += encoded.len();
        Ok(element)
    }

    /// The next element, which must have this tag.
    #[inline]
    pub fn expect(&mut self, tag: u8, expected: &'static str) -> Result<Element<'a>, ReadError> {
        match self.peek() {
            Some(found) if found != tag => Err(self.error(expected, DerProblem::Tag(found))),
            _ => self.any(expected),
        }
    }

    /// Makes sure that nothing follows.
    #[inline]
    pub fn end(&self, expected: &'static str) -> Result<(), ReadError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.error(expected, DerProblem::Trailing(self.rest.len()))) }
    }
}

fn is_long(tag: u8) -> bool {
    tag & 0x1f == 0x1f
}

/// The elements inside some bytes, up to the first that cannot be read. For code that looks for something and proves
/// nothing.
pub(crate) fn elements(bytes: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut reader = DerReader::new(bytes);
    std::iter::from_fn(move || if reader.is_empty() { None } else { reader.any("an element").ok() })
}
