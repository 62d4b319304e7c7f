//! Keys whose bytes are written one by one: lists of decimal numbers, and dumps with an offset before each line.

use super::der_prefix::{DerStart, ENOUGH, begins};
use super::plain::Plain;
use super::search;
use super::secret::{DEEPEST, KeyForm, SHORTEST, Secret};
use std::ops::Range;

/// A line of a dump has no more.
const LINE: usize = 32;
/// So many other lines do not end a dump.
const MOST_OTHERS: usize = 3;
/// The beginnings of a list of numbers: the tag of a SEQUENCE, the dash of armor, the first letter of OpenSSH's name.
const FIRST: [&[u8]; 3] = [b"48", b"45", b"111"];

/// Finds them.
pub fn find(text: &[u8], depth: usize, found: &mut Vec<Secret>) {
    lists(text, depth, found);
    dumps(text, depth, found);
}

/// Bytes, and where each is written. A byte's place reaches to the end of its other forms in its line.
#[derive(Default)]
struct WrittenBytes {
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl WrittenBytes {
    fn push(&mut self, byte: u8, place: Range<usize>) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// Looks for keys in the bytes, as they are and as a text.
    fn search(&self, form: KeyForm, depth: usize, found: &mut Vec<Secret>) {
        let mut at = 0;
        while at < self.bytes.len() {
            let rest = &self.bytes[at..];
            let Some(DerStart::Key(length)) = begins(&rest[..rest.len().min(ENOUGH)]) else {
                at += 1;
                continue;
            };
            let last = at.saturating_add(length).min(self.bytes.len()) - 1;
            found.push(Secret { form, range: self.places[at].start..self.places[last].end });
            at = last + 1;
        }
        if depth < DEEPEST && self.bytes.windows(5).any(|window| window == b"-----") {
            let plain = Plain::of(&self.bytes);
            for secret in search::find(plain.bytes(), depth + 1) {
                let inner = plain.outer(secret.range);
                if let Some(places) = self.places.get(inner).filter(|places| !places.is_empty()) {
                    found.push(Secret { form, range: places[0].start..places[places.len() - 1].end });
                }
            }
        }
    }
}

fn lists(text: &[u8], depth: usize, found: &mut Vec<Secret>) {
    let mut at = 0;
    while let Some(skipped) = text[at..].iter().position(|byte| matches!(byte, b'1' | b'4')) {
        at += skipped;
        let first = FIRST.iter().find(|first| text[at..].starts_with(first));
        let is_apart = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.');
        let Some(first) = first.filter(|first| {
            is_apart(at.checked_sub(1).and_then(|before| text.get(before))) && is_apart(text.get(at + first.len()))
        }) else {
            at += 1;
            continue;
        };
        // A few bytes rule out most lists.
        let window = list(text, at, ENOUGH).bytes;
        let is_key = window.len() >= SHORTEST && matches!(begins(&window), Some(DerStart::Key(_)));
        if !is_key && !window.starts_with(b"-----BEGIN") {
            at += first.len();
            continue;
        }
        let whole = list(text, at, usize::MAX);
        whole.search(KeyForm::Numbers, depth, found);
        at = whole.places.last().map_or(text.len(), |last| last.end);
    }
}

/// The numbers of a list that begins here, each a byte. Signed ones are those of Java.
fn list(text: &[u8], mut at: usize, most: usize) -> WrittenBytes {
    let mut list = WrittenBytes::default();
    while list.bytes.len() < most {
        let start = at;
        let is_negative = text.get(at) == Some(&b'-');
        at += usize::from(is_negative);
        let digits = text[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        let value = text[at..at + digits].iter().fold(0_u16, |value, digit| value * 10 + u16::from(digit - b'0'));
        at += digits;
        if digits == 0 || digits > 3 || value > if is_negative { 128 } else { 255 } {
            break;
        }
        let [_, byte] = value.to_be_bytes();
        list.push(if is_negative { byte.wrapping_neg() } else { byte }, start..at);
        let between = text[at..].iter().take(16).take_while(|byte| b", \t\r\n/#>*|".contains(byte)).count();
        if between == 0 {
            break;
        }
        at += between;
    }
    list
}

fn dumps(text: &[u8], depth: usize, found: &mut Vec<Secret>) {
    let (mut dump, mut others) = (WrittenBytes::default(), 0);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let before = dump.bytes.len();
        read_line(line, start, &mut dump);
        others = if dump.bytes.len() == before { others + 1 } else { 0 };
        // The characters after the bytes can read as an escape of a line's end.
        if others > MOST_OTHERS && !dump.bytes.is_empty() {
            dump.search(KeyForm::Dump, depth, found);
            dump = WrittenBytes::default();
        }
    }
    dump.search(KeyForm::Dump, depth, found);
}

/// A line of a dump: an offset, and bytes in hex, in pairs or in groups.
fn read_line(line: &[u8], start: usize, dump: &mut WrittenBytes) {
    let read = read_row(line, 0, start, dump);
    // Before the first line of a dump there may be a quote, or a key.
    if !read && let Some(at) = zeros(line) {
        read_row(line, at, start, dump);
    }
}

/// Where the first offset of a dump may begin.
fn zeros(line: &[u8]) -> Option<usize> {
    const ZEROS: usize = 4;
    let mut at = 0;
    loop {
        at += line[at..].iter().position(|byte| *byte == b'0')?;
        let count = line[at..].iter().take(ZEROS).take_while(|byte| **byte == b'0').count();
        if count == ZEROS {
            return Some(at);
        }
        at += count;
    }
}

fn read_row(line: &[u8], from: usize, start: usize, dump: &mut WrittenBytes) -> bool {
    let skip = |at: usize, is: fn(u8) -> bool, most: usize| {
        at + line[at..].iter().take(most).take_while(|byte| is(**byte)).count()
    };
    let is_space = |byte| matches!(byte, b' ' | b'\t');
    let is_before = |byte| matches!(byte, b' ' | b'\t' | b'#' | b'>' | b'*' | b'/' | b'|' | b'"' | b'\'' | b'`' | b',');
    let mut at = skip(from, is_before, 16);
    let offset = line[at..].iter().take(17).take_while(|byte| byte.is_ascii_hexdigit()).count();
    at += offset;
    if !(4..=16).contains(&offset) || !matches!(line.get(at), Some(b':' | b' ' | b'\t')) {
        return false;
    }
    at += 1;
    let first = dump.bytes.len();
    while dump.bytes.len() - first < LINE {
        let next = skip(at, is_space, 3);
        let digit = |at: usize| line.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(next), digit(next + 1)) else { break };
        at = next + 2;
        dump.push((high << 4 | low) as u8, start + next..start + at);
    }
    let count = dump.bytes.len() - first;
    // The bytes follow once more as characters, between bars or not.
    let shown = skip(at, is_space, 64);
    let bars = if line.get(shown) == Some(&b'|') { 2 } else { 0 };
    if shown > at + 1 {
        dump.places[first..].iter_mut().for_each(|place| place.end = start + line.len().min(shown + count + bars));
    }
    count > 0
}
