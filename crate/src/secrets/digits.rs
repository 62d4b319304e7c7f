//! Reads bytes that are written as digits, over the ends of lines and whatever else is between two pieces of them.

/// An alphabet: digits of 6 bits or of 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Base64, in the usual alphabet and in that for addresses.
    Base64,
    /// Hex.
    Hex,
}

impl Alphabet {
    pub fn bits(self) -> u32 {
        match self {
            Alphabet::Base64 => 6,
            Alphabet::Hex => 4,
        }
    }

    #[inline]
    fn values(self) -> &'static [u8; 256] {
        match self {
            Alphabet::Base64 => &BASE64,
            Alphabet::Hex => &HEX,
        }
    }

    /// The next digit at or after a position.
    pub fn first(self, text: &[u8], at: usize) -> Option<usize> {
        let values = self.values();
        text[at..].iter().position(|byte| values[*byte as usize] < GAP).map(|skipped| at + skipped)
    }

    /// How many digits there are from a position up to the first byte that ends them, and where that byte is.
    pub fn stretch(self, text: &[u8], at: usize) -> (usize, usize) {
        let values = self.values();
        let mut count = 0;
        let is_over = |byte: &u8| {
            let value = values[*byte as usize];
            count += usize::from(value < GAP);
            value == NONE
        };
        let length = text[at..].iter().position(is_over).unwrap_or(text.len() - at);
        (count, at + length)
    }

    /// The value of a digit.
    #[inline]
    pub fn value(self, byte: u8) -> Option<u8> {
        let value = self.values()[byte as usize];
        (value < GAP).then_some(value)
    }

    /// The value of what is known to be a digit.
    #[inline]
    pub fn raw(self, byte: u8) -> u8 {
        self.values()[byte as usize]
    }

    /// How many digits encode this many bytes.
    pub fn digits(self, bytes: usize) -> usize {
        bytes.saturating_mul(8).div_ceil(self.bits() as usize)
    }
}

/// A byte that ends digits.
const NONE: u8 = 0xff;

/// A byte that may be between two pieces of digits: [`DigitReader::join`] skips it.
const GAP: u8 = 0xfe;

const fn gaps(mut values: [u8; 256], gaps: &[u8]) -> [u8; 256] {
    let mut i = 0;
    while i < gaps.len() {
        values[gaps[i] as usize] = GAP;
        i += 1;
    }
    values
}

const GAPS: &[u8] = b" \n\r\t\x0b\x0c>|#*;()&\\^\"'`,.";

static BASE64: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = gaps([NONE; 256], GAPS);
    let mut i = 0;
    while i < 64 {
        values[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values
};

static HEX: [u8; 256] = {
    // A byte may have a prefix, and signs that are digits of base64 may join two pieces.
    let mut values = gaps(gaps([NONE; 256], GAPS), b":-+/_xX");
    let mut i = 0;
    while i < 10 {
        values[b'0' as usize + i] = i as u8;
        i += 1;
    }
    let mut i = 0;
    while i < 6 {
        values[b'a' as usize + i] = 10 + i as u8;
        values[b'A' as usize + i] = 10 + i as u8;
        i += 1;
    }
    values
};

/// So many dashes one after the other begin or end armor.
const DASHES: &[u8] = b"----";

/// Longer gaps do not are between two lines of one key.
const LONGEST_JOINT: usize = 120;

/// Pieces of digits in quotes are as long as this, but for the last.
const LONG_PIECE: usize = 16;

/// Reads digits one after the other.
#[derive(Clone, Debug)]
pub struct DigitReader<'t> {
    text: &'t [u8],
    alphabet: Alphabet,
    /// The next byte to look at.
    at: usize,
    /// How many digits are still expected, if that is known.
    left: usize,
    /// No digit at or after this place is read.
    end: usize,
}

impl<'t> DigitReader<'t> {
    pub fn new(text: &'t [u8], alphabet: Alphabet, at: usize) -> Self {
        Self { text, alphabet, at, left: usize::MAX, end: text.len() }
    }

    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// Expects no more than so many digits.
    pub fn expect(mut self, digits: usize) -> Self {
        self.left = digits;
        self
    }

    /// Reads no further than this place.
    pub fn until(mut self, end: usize) -> Self {
        self.end = end.min(self.text.len());
        self
    }

    /// Reads the digits that follow here with nothing between them, as written. There may be more.
    pub fn run(&mut self) -> &'t [u8] {
        let text = self.text;
        let rest = &text[self.at..self.end];
        let values = self.alphabet.values();
        // `next` decides on bytes that may be something else.
        let other = if self.alphabet == Alphabet::Hex { b'0' } else { b'-' };
        let ends = |byte: &u8| values[*byte as usize] >= GAP || *byte == other;
        let length = rest.iter().position(ends).unwrap_or(rest.len()).min(self.left);
        self.at += length;
        self.left -= length;
        &rest[..length]
    }

    /// After the last digit that was read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The first bytes, as many as fit.
    pub fn bytes(mut self, room: &mut [u8]) -> usize {
        let (mut bits, mut held, mut filled) = (0_u32, 0, 0);
        while filled < room.len() {
            let Some((value, _)) = self.next() else { break };
            held = held << self.alphabet.bits() | u32::from(value);
            bits += self.alphabet.bits();
            if bits >= 8 {
                bits -= 8;
                room[filled] = (held >> bits) as u8;
                held &= (1 << bits) - 1;
                filled += 1;
            }
        }
        filled
    }

    /// The place of the next digit after anything that may separate two pieces.
    #[cold]
    fn join(&self) -> Option<usize> {
        let mut at = self.at;
        let (mut quotes, mut comma) = (false, false);
        loop {
            let byte = *self.text.get(at).filter(|_| at < self.end && at - self.at < LONGEST_JOINT)?;
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c | b'>' | b'|' | b'#' | b'*' | b';' | b'(' | b')' | b'&'
                | b'\\' | b'^' => {}
                b'"' | b'\'' | b'`' => quotes = true,
                b',' | b'.' => comma = true,
                // After a quote it is between a key and its value.
                b':' if self.alphabet == Alphabet::Hex && !quotes => {}
                b'-' if self.alphabet == Alphabet::Hex => {}
                // Signs that join strings, or begin a comment, are alone.
                b'+' | b'/' | b'-' | b'_' if self.stands_alone(at) => at += self.signs(at) - 1,
                b'0' if self.alphabet == Alphabet::Hex && matches!(self.text.get(at + 1), Some(b'x' | b'X')) => at += 1,
                _ if self.alphabet.value(byte).is_some() && !(byte == b'-' && self.text[at..].starts_with(DASHES)) => {
                    break;
                }
                _ => return None,
            }
            at += 1;
        }
        // After a comma between quotes may come the next key of an object. A piece of the same key is long, or a byte
        // in hex.
        let piece = || {
            let digits = self.text[at..self.end].iter().take_while(|byte| self.alphabet.value(**byte).is_some());
            let length = digits.take(LONG_PIECE).count();
            length >= LONG_PIECE.min(self.left) || length == 2 && self.alphabet == Alphabet::Hex
        };
        let follows = !(quotes && comma) || piece();
        follows.then_some(at)
    }

    /// Whether what reads as a digit is something else: the zero of `0x`, or the dashes of armor, which would be digits of base64
    /// for addresses.
    #[inline]
    fn is_other(&self) -> bool {
        match self.text[self.at] {
            b'0' => self.alphabet == Alphabet::Hex && matches!(self.text.get(self.at + 1), Some(b'x' | b'X')),
            b'-' => self.text[self.at..].starts_with(DASHES),
            _ => false,
        }
    }

    /// How many signs follow each other here.
    fn signs(&self, at: usize) -> usize {
        self.text[at..self.end].iter().take(4).take_while(|byte| matches!(byte, b'+' | b'/' | b'-' | b'_')).count()
    }

    /// Whether signs that are base64 digits are not digits here: no digit is on either side.
    fn stands_alone(&self, at: usize) -> bool {
        let is_digit = |byte: Option<&u8>| byte.is_some_and(|byte| self.alphabet.value(*byte).is_some());
        let before = at.checked_sub(1).and_then(|before| self.text.get(before));
        let after = self.text.get(at + self.signs(at));
        at > self.at && !is_digit(before) && !is_digit(after) && after.is_some()
    }
}

impl Iterator for DigitReader<'_> {
    /// A digit's value, and its place.
    type Item = (u8, usize);

    #[inline]
    fn next(&mut self) -> Option<(u8, usize)> {
        if self.left == 0 || self.at >= self.end {
            return None;
        }
        let value = self.alphabet.value(self.text[self.at]).filter(|_| !self.is_other());
        let (value, at) = match value {
            Some(value) => (value, self.at),
            None => {
                let at = self.join()?;
                (self.alphabet.value(self.text[at])?, at)
            }
        };
        self.at = at + 1;
        self.left -= 1;
        Some((value, at))
    }
}
