//! Keys in texts that are themselves written in base64 or in hex: secrets of Kubernetes, environment files, user data of machines.

use super::digits::{Alphabet, DigitReader};
use super::plain::Plain;
use super::search;
use super::secret::{DEEPEST, KeyForm, SHORTEST, Secret};

/// This many digits show whether they encode a text.
const WINDOW: usize = 32;
/// The distance between these windows. A word before or after the text may read as digits too.
const STRIDE: usize = WINDOW;

/// Finds them, by reading whatever is a text that is written in digits.
pub fn find(text: &[u8], depth: usize, found: &mut Vec<Secret>) {
    if depth >= DEEPEST {
        return;
    }
    for alphabet in [Alphabet::Base64, Alphabet::Hex] {
        let (mut at, mut looked) = (0, 0);
        while let Some(start) = alphabet.first(text, at) {
            if start >= looked {
                let (count, end) = alphabet.stretch(text, start);
                looked = end;
                // However its pieces belong together.
                if count < SHORTEST {
                    at = end;
                    continue;
                }
            }
            let digits = DigitReader::new(text, alphabet, start);
            let (alignments, end) = texts(digits.clone());
            for alignment in (0..8).filter(|alignment| alignments >> alignment & 1 == 1) {
                read(digits.clone().until(end), alphabet, alignment, depth, found);
            }
            at = end.max(start + 1);
        }
    }
}

/// The alignments at which the digits encode a text, one bit each, and the end of the digits.
fn texts(mut digits: DigitReader<'_>) -> (u32, usize) {
    let bits = digits.alphabet().bits() as usize;
    let places = 8 / gcd(bits);
    let mut window = [0_u8; WINDOW];
    let (mut count, mut alignments) = (0, 0);
    let mut try_window = |window: &[u8; WINDOW], count: usize| {
        for place in 0..places {
            // The window is a ring: its oldest digit is the next to be written.
            let first = count - WINDOW + place;
            if is_text((first..count).map(|digit| window[digit % WINDOW]), bits as u32) {
                alignments |= 1 << (first % places);
            }
        }
    };
    loop {
        // Most digits follow one another with nothing between them.
        let run = digits.run();
        if run.is_empty() {
            let Some((value, _)) = digits.next() else { break };
            window[count % STRIDE] = value;
            count += 1;
            if count % STRIDE == 0 {
                try_window(&window, count);
            }
        }
        let (mut rest, alphabet) = (run, digits.alphabet());
        while !rest.is_empty() {
            let at = count % STRIDE;
            let (piece, after) = rest.split_at(rest.len().min(STRIDE - at));
            for (slot, byte) in window[at..].iter_mut().zip(piece) {
                *slot = alphabet.raw(*byte);
            }
            count += piece.len();
            if count % STRIDE == 0 {
                try_window(&window, count);
            }
            rest = after;
        }
    }
    if count >= SHORTEST {
        try_window(&window, count);
        (alignments, digits.position())
    } else {
        (0, digits.position())
    }
}

/// The greatest common divisor of the bits of a digit and of a byte: 2 for base64, 4 for hex.
fn gcd(bits: usize) -> usize {
    if bits == 6 { 2 } else { 4 }
}

fn is_text(digits: impl Iterator<Item = u8>, bits: u32) -> bool {
    let (mut held, mut count) = (0_u32, 0);
    for digit in digits {
        held = held << bits | u32::from(digit);
        count += bits;
        if count >= 8 {
            count -= 8;
            let byte = (held >> count) as u8;
            held &= (1 << count) - 1;
            if !matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t' | 0) {
                return false;
            }
        }
    }
    true
}

/// Searches the text that the digits encode, and maps keys in it to the digits.
fn read(digits: DigitReader<'_>, alphabet: Alphabet, alignment: usize, depth: usize, found: &mut Vec<Secret>) {
    let bits = alphabet.bits() as usize;
    let mut places = Vec::new();
    let mut bytes = Vec::new();
    let (mut held, mut count) = (0_u32, 0);
    for (value, place) in digits.skip(alignment) {
        places.push(place);
        held = held << bits | u32::from(value);
        count += bits;
        if count >= 8 {
            count -= 8;
            bytes.push((held >> count) as u8);
            held &= (1 << count) - 1;
        }
    }
    let plain = Plain::of(&bytes);
    for secret in search::find(plain.bytes(), depth + 1) {
        let inner = plain.outer(secret.range);
        let first = places.get(inner.start * 8 / bits);
        let last = (inner.end * 8).div_ceil(bits).checked_sub(1).and_then(|last| places.get(last).or(places.last()));
        if let (Some(first), Some(last)) = (first, last) {
            found.push(Secret { form: KeyForm::Wrapped, range: *first..last + 1 });
        }
    }
}
