//! A subject that is given as text, without a certificate, as the DER of a name: so values are read from it as from any certificate.
//!
//! The spellings are OpenSSL's: `/C=DE/CN=lamp-1` of `openssl req -subj`, `C = DE, CN = lamp-1` of `openssl x509 -subject`, each with or
//! without `subject=` before it; and RFC 4514, `CN=lamp-1,C=DE`, which begins with the last attribute. A space after the first comma
//! tells the two with commas apart: OpenSSL writes it, RFC 4514 does not.

use super::der_reader::{DerReader, OBJECT_IDENTIFIER, SEQUENCE, SET};
use super::oid;
use crate::check::{nearest, quoted};
use crate::secrets;
use crate::sorted::sorted;
use std::mem;

const UTF8_STRING: u8 = 0x0c;

/// Why a text is not a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectError {
    /// What is wrong, as a sentence.
    pub message: String,
    /// The character at which it is wrong, counted from 1.
    pub position: usize,
}

/// The encoded `Name` that a text writes. All values are encoded as UTF8String. The time is linear in the text, but for the order of
/// the attributes in a relative distinguished name.
#[cold]
pub fn encode(text: &str) -> Result<Vec<u8>, SubjectError> {
    read(text).map_err(|Problem { at, end, text: problem }| {
        let word = text.get(at..end).unwrap_or_default();
        let near = if problem == UNKNOWN_TYPE { nearest(word, &oid::attribute_names()) } else { None };
        let word = if word.is_empty() { String::new() } else { format!("{} ", quoted(word)) };
        let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        let position = text.get(..at).unwrap_or_default().chars().count() + 1;
        SubjectError { message: [&word, problem, &near].concat(), position }
    })
}

/// What is wrong at which byte. The text up to `end` is the word that the sentence begins with.
struct Problem {
    at: usize,
    end: usize,
    text: &'static str,
}

impl Problem {
    fn at(at: usize, text: &'static str) -> Self {
        Self { at, end: at, text }
    }
}

const UNKNOWN_TYPE: &str = "is not a known attribute type.";

fn read(text: &str) -> Result<Vec<u8>, Problem> {
    let masked = secrets::masked(text);
    if let Some(at) = masked.bytes().zip(text.bytes()).position(|(masked, given)| masked != given) {
        return Err(Problem::at(at, "The text holds a private key, which was not read."));
    }
    let (start, end) = line(text.as_bytes());
    if text[start..].starts_with("-----") {
        return Err(Problem::at(start, "A PEM block is not a subject."));
    }
    let has_slashes = text[start..].starts_with('/');
    let separator = if has_slashes { b'/' } else { b',' };
    SubjectParser { text: &text[..end], at: start, separator, is_reversed: None }.name()
}

/// The bytes of the line that has the subject, without what names it.
fn line(text: &[u8]) -> (usize, usize) {
    const LABEL: &[u8] = b"subject";
    let mut start = 0;
    let mut name = text;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        start += line.len();
        let words = line.trim_ascii_start();
        if words.get(..LABEL.len()).is_some_and(|word| word.eq_ignore_ascii_case(LABEL))
            && let [b'=' | b':', after @ ..] = words[LABEL.len()..].trim_ascii_start()
        {
            name = after;
            break;
        }
    }
    let start = start - name.trim_ascii_start().len();
    let ends = name.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    (start, (start + name.trim_ascii_start().len() - ends).max(start))
}

/// Reads a text by bytes: all that has a meaning in it is ASCII.
struct SubjectParser<'t> {
    text: &'t str,
    at: usize,
    /// What separates the attributes: a slash or a comma.
    separator: u8,
    /// Whether the last attribute is written first. Known from the first comma on.
    is_reversed: Option<bool>,
}

impl SubjectParser<'_> {
    fn name(mut self) -> Result<Vec<u8>, Problem> {
        if self.peek().is_none() {
            return Err(Problem::at(self.at, "The subject is empty."));
        }
        let mut rdns = Vec::new();
        let mut rdn = Vec::new();
        let mut before = self.separator;
        if self.has_slashes() {
            self.at += 1;
        }
        // OpenSSL allows a slash at the end.
        while before != b'/' || self.at < self.text.len() {
            rdn.push(self.attribute()?);
            let separator = self.peek();
            self.at += 1;
            before = separator.unwrap_or_default();
            if before == b'+' {
                continue;
            }
            // DER sorts what is a set.
            rdns.push(element(SET, &sorted(mem::take(&mut rdn)).concat()));
            if separator.is_none() {
                break;
            }
            if self.is_reversed.is_none() {
                self.is_reversed = Some(before == b',' && self.peek() != Some(b' '));
            }
        }
        if self.is_reversed == Some(true) {
            rdns.reverse();
        }
        Ok(element(SEQUENCE, &rdns.concat()))
    }

    /// An attribute up to its separator.
    fn attribute(&mut self) -> Result<Vec<u8>, Problem> {
        self.skip_spaces();
        let start = self.at;
        while self.peek().is_some_and(|found| found != b'=' && !self.separates(found)) {
            self.at += 1;
        }
        let name = self.text.get(start..self.at).unwrap_or_default().trim_ascii_end();
        let wrong = |text: &'static str| Err(Problem { at: start, end: start + name.len(), text });
        if self.peek() != Some(b'=') {
            return wrong(match name {
                "" => "An attribute is missing.",
                _ => {
                    "has no equals sign: attributes are written TYPE=value, and a separator in a value has a backslash before it."
                }
            });
        }
        if name.is_empty() {
            return wrong("An attribute has no type before its equals sign.");
        }
        let known = match name.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("OID.") => &name[4..],
            _ => name,
        };
        let Some(octets) = oid::octets(oid::attribute_type(known).unwrap_or(known)) else { return wrong(UNKNOWN_TYPE) };
        self.at += 1;
        let mut attribute = element(OBJECT_IDENTIFIER, &octets);
        attribute.extend(self.value()?);
        Ok(element(SEQUENCE, &attribute))
    }

    /// An encoded value. Between commas, it may be in quotes, as OpenSSL's line has it.
    fn value(&mut self) -> Result<Vec<u8>, Problem> {
        let has_slashes = self.has_slashes();
        if !has_slashes {
            self.skip_spaces();
        }
        let start = self.at;
        if self.peek() == Some(b'#') && !has_slashes {
            return self.dump();
        }
        let in_quotes = self.peek() == Some(b'"') && !has_slashes;
        self.at += usize::from(in_quotes);
        let mut value = Vec::new();
        // Spaces at the end count only if they are escaped or in quotes, or in OpenSSL's spelling with slashes.
        let mut kept = 0;
        while let Some(found) =
            self.peek().filter(|found| if in_quotes { *found != b'"' } else { !self.separates(*found) })
        {
            if !in_quotes && !has_slashes && matches!(found, b';' | b'<' | b'>' | b'"') {
                let text = "must have a backslash before it in a value.";
                return Err(Problem { at: self.at, end: self.at + 1, text });
            }
            self.at += 1;
            value.push(if found == b'\\' { self.escaped()? } else { found });
            if in_quotes || has_slashes || found != b' ' {
                kept = value.len();
            }
        }
        if in_quotes {
            if self.peek().is_none() {
                return Err(Problem::at(start, "The quotation mark has no end."));
            }
            self.at += 1;
            self.skip_spaces();
            if self.peek().is_some_and(|found| !self.separates(found)) {
                return Err(Problem::at(self.at, "Text follows the quotation mark that ends a value."));
            }
        }
        value.truncate(kept);
        if std::str::from_utf8(&value).is_err() {
            return Err(Problem::at(start, "The escapes in the value are not UTF-8."));
        }
        Ok(element(UTF8_STRING, &value))
    }

    /// The byte that an escape stands for. OpenSSL prints bytes as `\xC3` between slashes, and as `\C3` between commas, as RFC 4514 does. Any
    /// other character stands for itself.
    fn escaped(&mut self) -> Result<u8, Problem> {
        let Some(found) = self.peek() else {
            return Err(Problem::at(self.at - 1, "The backslash at the end escapes nothing."));
        };
        let skipped = usize::from(self.has_slashes());
        let digits = self.text.as_bytes().get(self.at + skipped..self.at + skipped + 2);
        let byte = digits.filter(|_| skipped == 0 || found == b'x').and_then(octet);
        self.at += if byte.is_some() { skipped + 2 } else { 1 };
        Ok(byte.unwrap_or(found))
    }

    /// A value as `#` and the hex of its encoding, as RFC 4514 has it for what is not text.
    fn dump(&mut self) -> Result<Vec<u8>, Problem> {
        let start = self.at;
        let mut value = Vec::new();
        self.at += 1;
        while let Some(byte) = self.text.as_bytes().get(self.at..self.at + 2).and_then(octet) {
            value.push(byte);
            self.at += 2;
        }
        self.skip_spaces();
        let mut reader = DerReader::new(&value);
        let is_element = reader.any("a value").is_ok() && reader.is_empty();
        if !is_element || self.peek().is_some_and(|found| !self.separates(found)) {
            return Err(Problem::at(start, "The value after # is not the hex of an encoded value."));
        }
        Ok(value)
    }

    fn has_slashes(&self) -> bool {
        self.separator == b'/'
    }

    fn separates(&self, found: u8) -> bool {
        found == b'+' || found == self.separator
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// The octet that two hex digits stand for.
fn octet(pair: &[u8]) -> Option<u8> {
    let [high, low] = pair else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// An element in DER. A text in memory needs no more than four octets for its length.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut der = vec![tag];
    let skipped = length.iter().take(3).take_while(|octet| **octet == 0).count();
    if content.len() >= 0x80 {
        der.push(0x84 - skipped as u8);
    }
    der.extend_from_slice(&length[skipped..]);
    der.extend_from_slice(content);
    der
}
