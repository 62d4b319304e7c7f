//! A text in its plain spelling: the escapes of JSON, source code, addresses and markup are undone, whatever their
//! number.

use std::borrow::Cow;
use std::ops::Range;

/// Replaces a character that is not part of a key and may not be inside one.
pub const OTHER: u8 = 0xff;

/// Nested escapes are undone at most this often. Nothing reads what is escaped more often.
const DEEPEST: usize = 12;

/// The plain spelling of a text, one byte a character, and the place of each in the text.
pub struct Plain<'t> {
    bytes: Cow<'t, [u8]>,
    /// The escapes that were undone, from the outside to the inside.
    layers: Vec<Escaped<'t>>,
}

/// Offsets inside and outside.
type Steps = Vec<(usize, usize)>;

/// A text with escapes for some characters.
struct Escaped<'t> {
    text: Cow<'t, [u8]>,
    /// Where the distance to the inner text changes: an offset there, and one here. Between two entries characters map
    /// one to one, and the character before an entry has everything up to the entry.
    steps: Steps,
}

impl<'t> Plain<'t> {
    pub fn empty() -> Self {
        Self { bytes: Cow::Borrowed(&[]), layers: Vec::new() }
    }

    /// One level after the other, since the characters of an escape may be escaped themselves, each in its own way.
    pub fn of(text: &'t [u8]) -> Self {
        let mut bytes = Cow::Borrowed(text);
        let mut layers = Vec::new();
        while layers.len() < DEEPEST {
            let Some((inside, steps)) = undone(&bytes) else { break };
            let text = std::mem::replace(&mut bytes, Cow::Owned(inside));
            layers.push(Escaped { text, steps });
        }
        if bytes.contains(&b'\\') {
            // The characters that they escape do not matter.
            bytes.to_mut().iter_mut().filter(|byte| **byte == b'\\').for_each(|byte| *byte = b' ');
        }
        Self { bytes, layers }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of the text for a range of the plain spelling.
    pub fn outer(&self, range: Range<usize>) -> Range<usize> {
        self.layers.iter().rev().fold(range, |range, layer| layer.outer(range))
    }

    /// Writes a letter over a character, however it is spelled, in a copy of the text.
    pub fn write(&self, at: usize, letter: u8, out: &mut [u8]) {
        write(&self.layers, at, letter, out);
    }
}

impl Escaped<'_> {
    fn outer(&self, range: Range<usize>) -> Range<usize> {
        self.start(range.start)..self.start(range.end)
    }

    fn start(&self, inside: usize) -> usize {
        let after = self.steps.partition_point(|(at, _)| *at <= inside);
        match after.checked_sub(1).and_then(|before| self.steps.get(before)) {
            Some((at, text)) => text + (inside - at),
            None => inside,
        }
    }
}

/// Writes over a character of the text inside the last layer. An escape stays an escape: its digits are written over,
/// and each may be escaped in the layer around. The escape of a slash reveals nothing and stays.
fn write(layers: &[Escaped<'_>], at: usize, letter: u8, out: &mut [u8]) {
    let Some((layer, around)) = layers.split_last() else {
        out[at] = letter;
        return;
    };
    // In a text in UTF-16 every other byte is a zero.
    let places: Vec<usize> = layer.outer(at..at + 1).filter(|place| layer.text[*place] != 0).collect();
    let spelled: Vec<u8> = places.iter().map(|place| layer.text[*place]).collect();
    let mut put = |from: usize, letters: &[u8]| {
        places[from..].iter().zip(letters).for_each(|(place, letter)| write(around, *place, *letter, out));
    };
    let hex = format!("{letter:04x}");
    match *spelled {
        [_] => put(0, &[letter]),
        [b'\\', b'u', _, _, _, _] => put(2, hex.as_bytes()),
        [b'%', _, _] => put(1, &hex.as_bytes()[2..]),
        [b'&', b'#', b'x' | b'X', ref digits @ .., b';'] => put(3, &padded(&hex, digits.len())),
        [b'&', b'#', ref digits @ .., b';'] => put(2, &padded(&letter.to_string(), digits.len())),
        // A letter of full width, and the same of the mask.
        [0xef, 0xbc | 0xbd, _] if letter > b'`' => put(0, &[0xef, 0xbd, letter + 0x20]),
        _ => {}
    }
}

/// A number with this many digits. If there is no room, only its last digits.
fn padded(number: &str, digits: usize) -> Vec<u8> {
    let zeros = std::iter::repeat_n(b'0', digits.saturating_sub(number.len()));
    zeros.chain(number.bytes().skip(number.len().saturating_sub(digits))).collect()
}

/// The bytes that escapes begin with, or that have another spelling.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut i = 0x80;
    while i < 256 {
        special[i] = true;
        i += 1;
    }
    special[b'\\' as usize] = true;
    special[b'%' as usize] = true;
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[0] = true;
    special
};

/// A text with one level of its escapes undone. `None` if it has none.
fn undone(text: &[u8]) -> Option<(Vec<u8>, Steps)> {
    let next = |at: usize| text[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]).map(|skipped| at + skipped);
    let mut special = next(0);
    special?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut steps = Vec::new();
    let mut at = 0;
    while let Some(start) = special {
        bytes.extend_from_slice(&text[at..start]);
        // By far the most frequent escapes: the character is copied with what follows.
        if let [b'\\', b'"' | b'\\', ..] = text[start..] {
            at = start + 1;
            steps.push((bytes.len() + 1, start + 2));
            special = next(start + 2);
            continue;
        }
        let (plain, length) = read_wide(&text[start..]);
        bytes.extend(plain);
        at = start + length;
        if length != 1 || plain.is_none() {
            steps.push((bytes.len(), at));
        }
        special = next(at);
    }
    bytes.extend_from_slice(&text[at..]);
    (!steps.is_empty()).then_some((bytes, steps))
}

/// The same as [`read`], of a text that may be UTF-16.
fn read_wide(text: &[u8]) -> (Option<u8>, usize) {
    const LONGEST: usize = 24;
    if text[0] == 0 || text.get(1) != Some(&0) {
        return read(text);
    }
    let (mut narrow, mut ends, mut count) = ([0; LONGEST], [0; LONGEST], 0);
    for (at, byte) in text.iter().enumerate().take(2 * LONGEST).filter(|(_, byte)| **byte != 0).take(LONGEST) {
        (narrow[count], ends[count]) = (*byte, at + 1);
        count += 1;
    }
    let (plain, length) = read(&narrow[..count]);
    (plain, ends[length.clamp(1, count) - 1])
}

/// The character that a text begins with, if that may be an escape, and its length. No character if it cannot be seen.
fn read(text: &[u8]) -> (Option<u8>, usize) {
    match *text {
        [b'\\', ..] => backslash(text),
        [b'%', high, low, ..] => match hex(&[high, low]) {
            Some(code) => (Some(ascii(code)), 3),
            None => (Some(b'%'), 1),
        },
        [b'&', b'#', b'x' | b'X', ref rest @ ..] => {
            entity(rest, 16).map_or((Some(b'&'), 1), |(code, n)| (Some(code), n + 3))
        }
        [b'&', b'#', ref rest @ ..] => entity(rest, 10).map_or((Some(b'&'), 1), |(code, n)| (Some(code), n + 2)),
        [b'&', b'q', b'u', b'o', b't', b';', ..] => (Some(b'"'), 6),
        [b'&', b'a', b'm', b'p', b';', ..] => (Some(b'&'), 5),
        [b'<', b'b' | b'B', b'r' | b'R', ref rest @ ..] => match rest.iter().take(3).position(|byte| *byte == b'>') {
            Some(close) => (Some(b'\n'), close + 4),
            None => (Some(b'<'), 1),
        },
        // Texts in UTF-16 have one at every second place.
        [0, ..] => (None, 1),
        [byte @ ..0x80, ..] => (Some(byte), 1),
        [0xc2, 0xa0, ..] => (Some(b' '), 2),
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..] => (Some(b'-'), 3),
        [0xe2, 0x80, 0x98..=0x9f, ..] => (Some(b'"'), 3),
        [0xe2, 0x80, 0x80..=0x8f | 0xa8..=0xaf, ..] | [0xe2, 0x81, 0xa0, ..] => (Some(b' '), 3),
        [0xef, 0xbb, 0xbf, ..] => (Some(b' '), 3),
        [0xef, 0xbc, low @ 0x81..=0xbf, ..] => (Some(low - 0x60), 3),
        [0xef, 0xbd, low @ 0x80..=0x9e, ..] => (Some(low - 0x20), 3),
        [0xc0..=0xff, ref rest @ ..] => {
            (Some(OTHER), 1 + rest.iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xbf)).count())
        }
        [_, ..] | [] => (Some(OTHER), 1),
    }
}

/// The escape after a backslash, at the outermost level.
fn backslash(text: &[u8]) -> (Option<u8>, usize) {
    match text[1..] {
        [b'n' | b'r', ..] => (Some(b'\n'), 2),
        [b't' | b'f' | b'b' | b'v', ..] => (Some(b' '), 2),
        [b'u', a, b, c, d, ..] if let Some(code) = hex(&[a, b, c, d]) => (Some(ascii(code)), 6),
        // A byte in hex follows, and stays as it is.
        [b'x', high, low, ..] if hex(&[high, low]).is_some() => (Some(b' '), 2),
        [byte @ (b'\\' | b'/' | b'"' | b'\'' | b'+' | b'='), ..] => (Some(byte), 2),
        _ => (Some(b'\\'), 1),
    }
}

/// A numeric entity of HTML without its beginning, and its length.
fn entity(text: &[u8], radix: u32) -> Option<(u8, usize)> {
    let end = text.iter().take(8).position(|byte| *byte == b';').filter(|end| *end > 0)?;
    let digits = std::str::from_utf8(&text[..end]).ok()?;
    Some((ascii(u32::from_str_radix(digits, radix).ok()?), end + 1))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    digits.iter().try_fold(0, |code, digit| Some(code << 4 | value(digit)?))
}

fn ascii(code: u32) -> u8 {
    match u8::try_from(code) {
        Ok(b'\r') => b'\n',
        Ok(byte) if byte.is_ascii() => byte,
        _ => OTHER,
    }
}
