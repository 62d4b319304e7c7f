//! Keys that say what they are: by the lines around them, or by their own first bytes.

use super::der_prefix::{self, DerStart, begins, begins_pgp};
use super::digits::{Alphabet, DigitReader};
use super::secret::{KeyForm, Secret};
use std::ops::Range;

/// Fewer letters and digits between two lines are a placeholder.
const LEAST: usize = 32;

/// A base64 line this short is not a placeholder word.
const SHORT_LINE: usize = 8;

/// A body whose end is missing begins with a line that is as long as this.
const FIRST_LINE: usize = 16;

/// Finds keys between BEGIN and END lines, and keys in base64 or hex without such lines.
pub fn find(text: &[u8], found: &mut Vec<Secret>) {
    armored(text, found);
    bare(text, Alphabet::Base64, found);
    bare(text, Alphabet::Hex, found);
}

/// A line that begins or ends armor.
struct ArmorLine {
    start: usize,
    /// After the dashes that close it.
    end: usize,
    begins: bool,
    private: bool,
}

fn armored(text: &[u8], found: &mut Vec<Secret>) {
    let mut push = |range: Range<usize>| found.push(Secret { form: KeyForm::Armor, range });
    let mut before: Option<ArmorLine> = None;
    for mark in marks(text).map(Some).chain([None]) {
        match (&before, &mark) {
            (Some(begin), Some(end)) if begin.begins && begin.private && !end.begins => {
                let body = begin.end..end.start;
                if is_body(&text[body.clone()]) {
                    push(body);
                }
            }
            (Some(begin), next) if begin.begins && begin.private => {
                push(unclosed(text, begin.end, next.as_ref().map_or(text.len(), |next| next.start)));
            }
            (before, Some(end))
                if end.private && !end.begins && before.as_ref().is_none_or(|before| !before.begins) =>
            {
                push(unopened(text, before.as_ref().map_or(0, |before| before.end), end.start));
            }
            _ => {}
        }
        before = mark;
    }
}

/// Whether there is enough between two lines, and most of it can be read: what has been written over in base64 cannot.
fn is_body(text: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| text.iter().filter(|byte| is(byte)).count();
    let read = count(u8::is_ascii_alphanumeric);
    // However short it is: nothing but base64.
    let digits = |byte: &u8| Alphabet::Base64.value(*byte).is_some();
    let longest = text.split(|byte| !digits(byte)).map(<[u8]>::len).max();
    if longest.is_some_and(|longest| longest >= SHORT_LINE)
        && text.iter().all(|byte| digits(byte) || b" \t\r\n\"',=".contains(byte))
    {
        return true;
    }
    read >= LEAST && count(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace() || !byte.is_ascii()) < read / 4
}

/// The lines that begin or end armor, in order. Dashes may be too few, or long ones of a word processor.
fn marks(text: &[u8]) -> impl Iterator<Item = ArmorLine> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].iter().position(|byte| *byte == b'-')?;
            let dashes = start + text[start..].iter().take_while(|byte| **byte == b'-').count();
            at = dashes;
            let word = dashes + usize::from(text.get(dashes) == Some(&b' '));
            let rest = &text[word..];
            let begins = rest.starts_with(b"BEGIN");
            if !begins && !rest.starts_with(b"END") {
                continue;
            }
            let label = &rest[..rest.len().min(LONGEST_LABEL)];
            let label =
                &label[..label.iter().position(|byte| matches!(byte, b'-' | b'\n' | b'\r')).unwrap_or(label.len())];
            let holds = |word: &[u8]| label.windows(word.len()).any(|window| window == word);
            let private = holds(b"PRIVATE") && holds(b"KEY") || holds(b"PKCS12");
            let closing = word + label.len();
            let end = closing + text[closing..].iter().take_while(|byte| **byte == b'-').count();
            // If line breaks got lost, the dashes of the next line follow at once.
            let next_follows = text[end..].starts_with(b"BEGIN") || text[end..].starts_with(b"END");
            at = if next_follows { closing } else { end };
            return Some(ArmorLine { start, end: at, begins, private });
        }
    })
}

const LONGEST_LABEL: usize = 64;

/// The body of a key without an END line: what reads like one, after headers such as `DEK-Info: …`.
fn unclosed(text: &[u8], start: usize, end: usize) -> Range<usize> {
    let mut at = start;
    loop {
        let first = text[at..end].iter().position(u8::is_ascii_alphanumeric).map_or(end, |first| at + first);
        let line = text[first..end].iter().take(200).position(|byte| *byte == b'\n').map_or(end, |line| first + line);
        if !text[first..line].contains(&b':') || line == end {
            at = first;
            break;
        }
        at = line;
    }
    let line = text[at..end].iter().take_while(|byte| Alphabet::Base64.value(**byte).is_some()).count();
    if line < FIRST_LINE {
        return start..start;
    }
    let mut digits = DigitReader::new(text, Alphabet::Base64, at).until(end);
    digits.by_ref().for_each(drop);
    start..digits.position()
}

/// The body of a key whose BEGIN line is missing.
fn unopened(text: &[u8], start: usize, end: usize) -> Range<usize> {
    let is_body = |byte: &u8| Alphabet::Base64.value(*byte).is_some() || b" \t\r\n\"'`,.>|#*;()&\\=".contains(byte);
    let length = text[start..end].iter().rev().take_while(|byte| is_body(byte)).count();
    let body = &text[end - length..end];
    let longest = body.split(|byte| Alphabet::Base64.value(*byte).is_none()).map(<[u8]>::len).max();
    if longest.is_some_and(|longest| longest >= FIRST_LINE) { end - length..end } else { end..end }
}

/// Keys in base64 or hex with nothing around them, or after a path.
fn bare(text: &[u8], alphabet: Alphabet, found: &mut Vec<Secret>) {
    let mut at = 0;
    let firsts = if alphabet == Alphabet::Hex { HEX } else { BASE64 };
    while let Some(skipped) = text[at..].iter().position(|byte| FIRSTS[usize::from(*byte)] & firsts != 0) {
        at += skipped;
        // A slash is a digit of base64, and ends a path.
        let before = at.checked_sub(1).map(|before| text[before]);
        let starts_run = before.is_none_or(|before| before == b'/' || alphabet.value(before).is_none());
        if !may_begin(&text[at..], alphabet, starts_run) {
            at += 1;
            continue;
        }
        let digits = DigitReader::new(text, alphabet, at);
        let (key, total) = match what(&digits, starts_run && alphabet == Alphabet::Base64) {
            Some(DerStart::Key(total)) => (true, total),
            Some(DerStart::Certificate(total)) => (false, total),
            None => {
                at += 1;
                continue;
            }
        };
        let mut digits = digits.expect(alphabet.digits(total));
        digits.by_ref().for_each(drop);
        if key {
            let form = if alphabet == Alphabet::Hex { KeyForm::Hex } else { KeyForm::Base64 };
            found.push(Secret { form, range: at..digits.position() });
        }
        at = digits.position().max(at + 1);
    }
}

const BASE64: u8 = 1;
const HEX: u8 = 2;

/// The first digits that [`may_begin`] looks at: all others are passed over in one step.
static FIRSTS: [u8; 256] = {
    let mut firsts = [0; 256];
    let base64 = b"Mbz/_HBlx";
    let mut i = 0;
    while i < base64.len() {
        firsts[base64[i] as usize] = BASE64;
        i += 1;
    }
    let hex = b"36fFcC";
    let mut i = 0;
    while i < hex.len() {
        firsts[hex[i] as usize] = HEX;
        i += 1;
    }
    firsts
};

/// Whether what is searched for may begin here, by its first digits.
#[inline]
fn may_begin(text: &[u8], alphabet: Alphabet, starts_run: bool) -> bool {
    match (alphabet, text) {
        // A SEQUENCE: 0x30, and a length.
        (Alphabet::Base64, [b'M', next, ..]) => Alphabet::Base64.value(*next).is_none_or(|value| value < 16),
        (Alphabet::Base64, [b'b', b'3', b'B', b'l', ..] | [b'z', b's', b'7', b'O', ..]) => true,
        (Alphabet::Base64, [b'/' | b'_', b'u', b'3', b'+' | b'-', ..] | [b'H', b'v', b'G', b'1', ..]) => true,
        (Alphabet::Base64, [b'B', b'w', b'I', b'A', ..]) => true,
        (Alphabet::Base64, [b'l' | b'x', ..]) => starts_run,
        (Alphabet::Hex, [b'3', b'0', ..] | [b'6', b'f' | b'F', ..] | [b'f' | b'F' | b'c' | b'C', b'e' | b'E', ..]) => {
            true
        }
        _ => false,
    }
}

/// The structure that the digits encode.
fn what(digits: &DigitReader<'_>, maybe_pgp: bool) -> Option<DerStart> {
    let mut bytes = [0; der_prefix::ENOUGH];
    // Most apparent beginnings are not real ones. The first bytes show it.
    let first = digits.clone().bytes(&mut bytes[..SOME]);
    if begins(&bytes[..first]).is_some() {
        let all = digits.clone().bytes(&mut bytes);
        return begins(&bytes[..all]);
    }
    (maybe_pgp && begins_pgp(&bytes[..first])).then_some(DerStart::Key(usize::MAX))
}

const SOME: usize = 24;
