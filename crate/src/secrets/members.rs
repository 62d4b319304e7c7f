//! Keys whose private numbers are members with names: JSON Web Keys, .NET's XML, what `openssl pkey -text` prints, PuTTY's files.

use super::digits::{Alphabet, DigitReader};
use super::secret::{KeyForm, Secret};
use std::ops::Range;

/// Shorter values are not numbers of a key.
const SHORTEST: usize = 16;

/// Longer names are not names of a key's members.
const LONGEST_NAME: usize = 32;

/// No shorter name has the words "private" and "key" in it.
const PRIVATE_KEY: usize = 10;

/// An object, or a text without braces.
#[derive(Default)]
struct KeyObject {
    /// Whether a member says that it is a key.
    is_key: bool,
    numbers: Vec<Range<usize>>,
}

/// Finds them in one pass.
pub fn find(text: &[u8], found: &mut Vec<Secret>) {
    let mut objects = vec![KeyObject::default()];
    let mut next = 0;
    // What is around members, and between a name and its value.
    let is_sign = |byte: &u8| matches!(byte, b'{' | b'}' | b':' | b'=' | b'>');
    while let Some(skipped) = text[next..].iter().position(is_sign) {
        let at = next + skipped;
        next = at + 1;
        match text[at] {
            b'{' => objects.push(KeyObject::default()),
            b'}' => close(&mut objects, found),
            b':' | b'=' | b'>' => {
                // A brace too many has closed what had no braces.
                if objects.is_empty() {
                    objects.push(KeyObject::default());
                }
                if let Some(object) = objects.last_mut() {
                    member(text, at, object, found);
                }
            }
            _ => {}
        }
    }
    while !objects.is_empty() {
        close(&mut objects, found);
    }
}

/// Ends an object. What may be numbers of a key belongs to the object around it otherwise: RSA keys have further primes in objects of
/// their own.
fn close(objects: &mut Vec<KeyObject>, found: &mut Vec<Secret>) {
    let Some(mut object) = objects.pop() else { return };
    if object.is_key {
        found.extend(object.numbers.into_iter().map(|range| Secret { form: KeyForm::Members, range }));
    } else if let Some(around) = objects.last_mut() {
        if around.numbers.len() < object.numbers.len() {
            std::mem::swap(&mut around.numbers, &mut object.numbers);
        }
        around.numbers.append(&mut object.numbers);
    }
}

fn member(text: &[u8], sign: usize, object: &mut KeyObject, found: &mut Vec<Secret>) {
    let markup = text[sign] == b'>';
    let gap = |byte: &&u8| matches!(byte, b' ' | b'"' | b'\'' | b'`' | b'\n');
    let end = if markup { sign } else { sign - text[..sign].iter().rev().take(6).take_while(gap).count() };
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = text[..end].iter().rev().take(LONGEST_NAME).take_while(is_name).count();
    let mut name = [0; LONGEST_NAME];
    let name = &mut name[..length];
    name.copy_from_slice(&text[end - length..end]);
    name.make_ascii_lowercase();
    let opens = (end - length).checked_sub(1).map(|before| text[before]);
    if name.is_empty() || markup && opens != Some(b'<') {
        return;
    }
    let start = sign
        + 1
        + text[sign + 1..].iter().take(12).take_while(|byte| gap(byte) || matches!(byte, b'|' | b'\t')).count();
    match &*name {
        b"kty" => object.is_key = true,
        b"modulus" if markup => object.is_key = true,
        b"d" | b"p" | b"q" | b"dp" | b"dq" | b"qi" | b"k" | b"r" | b"t" | b"inverseq" => {
            let end = if markup { drained(DigitReader::new(text, Alphabet::Base64, start)) } else { run(text, start) };
            if end - start >= SHORTEST {
                object.numbers.push(start..end);
            }
        }
        b"privateexponent" | b"prime1" | b"prime2" | b"exponent1" | b"exponent2" | b"coefficient" | b"priv" => {
            // It begins on the next line, which may be in a comment.
            let mut digits = DigitReader::new(text, Alphabet::Hex, sign + 1);
            let start = digits.next().map_or(start, |(_, first)| first);
            let end = drained(digits);
            if end > start + 2 * SHORTEST {
                found.push(Secret { form: KeyForm::Hex, range: start..end });
            }
        }
        b"private-lines" => {
            // The number of lines is between.
            let digits = text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let begins = start + digits;
            let end = text[begins..].windows(8).position(|window| window == b"Private-");
            let end = end.map_or_else(|| drained(DigitReader::new(text, Alphabet::Base64, begins)), |end| begins + end);
            found.push(Secret { form: KeyForm::Putty, range: begins..end });
        }
        _ if name.len() >= PRIVATE_KEY && holds(name, b"private") && holds(name, b"key") => {
            let end = run(text, start);
            if is_random(&text[start..end]) && text.get(end).is_none_or(|after| !matches!(after, b'.' | b':' | b'@')) {
                found.push(Secret { form: KeyForm::Members, range: start..end });
            }
        }
        _ => {}
    }
}

fn holds(name: &[u8], word: &[u8]) -> bool {
    name.windows(word.len()).any(|window| window == word)
}

/// The end of the digits that begin here, with nothing between them.
fn run(text: &[u8], start: usize) -> usize {
    start + text[start..].iter().take_while(|byte| Alphabet::Base64.value(**byte).is_some()).count()
}

fn drained(mut digits: DigitReader<'_>) -> usize {
    digits.by_ref().for_each(drop);
    digits.position()
}

/// Whether digits read like the 32 bytes of a key or more, and not like a path or a name.
fn is_random(digits: &[u8]) -> bool {
    const LEAST: usize = 43;
    const LEAST_HEX: usize = 64;
    if digits.len() >= LEAST_HEX && digits.iter().all(u8::is_ascii_hexdigit) {
        return true;
    }
    let at_least_two = |is: fn(&u8) -> bool| digits.iter().filter(|byte| is(byte)).nth(1).is_some();
    digits.len() >= LEAST
        && at_least_two(u8::is_ascii_digit)
        && at_least_two(u8::is_ascii_uppercase)
        && at_least_two(u8::is_ascii_lowercase)
}
