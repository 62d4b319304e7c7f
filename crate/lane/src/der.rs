//! DER elements, one after the other, borrowed.

pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const OBJECT_IDENTIFIER: u8 = 0x06;
pub const UTF8_STRING: u8 = 0x0c;
pub const PRINTABLE_STRING: u8 = 0x13;
pub const IA5_STRING: u8 = 0x16;
pub const UTC_TIME: u8 = 0x17;
pub const GENERALIZED_TIME: u8 = 0x18;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;

/// Elements that follow one another.
#[derive(Clone, Copy)]
pub struct Elements<'a>(pub &'a [u8]);

impl<'a> Elements<'a> {
    /// The next element: tag and content. `None` at the end, and for tags and lengths that no ordinary certificate has.
    #[inline(always)]
    pub fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let [tag, first, rest @ ..] = self.0 else { return None };
        if *tag & 0x1f == 0x1f {
            return None;
        }
        let (length, rest) = match (*first, rest) {
            (0..=0x7f, rest) => (usize::from(*first), rest),
            (0x81, [length, rest @ ..]) => (usize::from(*length), rest),
            (0x82, [high, low, rest @ ..]) => (usize::from(*high) << 8 | usize::from(*low), rest),
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, content))
    }

    /// The content of the next element, which must have this tag.
    #[inline(always)]
    pub fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (found, content) = self.any()?;
        (found == tag).then_some(content)
    }

    /// Whether nothing follows.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
