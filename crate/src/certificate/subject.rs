//! A subject that is given as text, without a certificate, as the DER of a name: so values are read from it as from any certificate.
//!
//! The spellings are OpenSSL's: `/C=DE/CN=lamp-1` of `openssl req -subj`, `C = DE, CN = lamp-1` of `openssl x509 -subject`, each with or
//! without `subject=` before it; and RFC 4514, `CN=lamp-1,C=DE`, which begins with the last attribute. A space after the first comma
//! tells the two with commas apart: OpenSSL writes it, RFC 4514 does not.

use super::der_reader::{DerReader, OBJECT_IDENTIFIER, SEQUENCE, SET};
use super::oid;
use crate::check::{nearest, quoted};
use crate::secrets;

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
pub fn encode(text: &str) -> Result<Vec<u8>, SubjectError> {
    let error = |at: usize, message: String| SubjectError { message, position: text[..at].chars().count() + 1 };
    if let Some((_, key)) = secrets::Secrets::find(text).ranges().next() {
        return Err(error(key.start, "The text holds a private key, which was not read.".to_owned()));
    }
    if let Some(at) = text.find("-----BEGIN ") {
        return Err(error(at, "A PEM block is not a subject.".to_owned()));
    }
    let (start, name) = line(text);
    let mut parser = SubjectParser { text: name, at: 0, has_slashes: name.starts_with('/'), is_reversed: None };
    let mut rdns = parser.rdns().map_err(|(at, message)| error(start + at, message))?;
    if parser.is_reversed == Some(true) {
        rdns.reverse();
    }
    Ok(element(SEQUENCE, &rdns.concat()))
}

/// The line that has the subject, without what names it, and where it starts.
fn line(text: &str) -> (usize, &str) {
    const LABEL: &str = "subject";
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let after =
            words.get(..LABEL.len()).filter(|word| word.eq_ignore_ascii_case(LABEL)).map(|_| &words[LABEL.len()..]);
        if let Some(name) = after.and_then(|after| after.trim_start_matches(' ').strip_prefix(['=', ':'])) {
            let name = name.trim_start();
            return (start + line.len() - name.len(), name.trim_end_matches(['\r', '\n']));
        }
        start += line.len();
    }
    let name = text.trim_start();
    (text.len() - name.len(), name.trim_end_matches(['\r', '\n']))
}

/// What is wrong, and the byte at which it is.
type Problem = (usize, String);

struct SubjectParser<'t> {
    text: &'t str,
    at: usize,
    /// Whether slashes separate the attributes, or else commas.
    has_slashes: bool,
    /// Whether the last attribute is written first. Known from the first comma on.
    is_reversed: Option<bool>,
}

impl SubjectParser<'_> {
    /// The encoded relative distinguished names, in the order of the text.
    fn rdns(&mut self) -> Result<Vec<Vec<u8>>, Problem> {
        if self.text.is_empty() {
            return Err((0, "The subject is empty.".to_owned()));
        }
        let mut rdns = Vec::new();
        let mut rdn: Vec<Vec<u8>> = Vec::new();
        let mut separator = self.has_slashes.then_some('/').inspect(|_| self.at = 1);
        // OpenSSL allows a slash at the end.
        while separator != Some('/') || self.at < self.text.len() {
            rdn.push(self.attribute()?);
            separator = self.next();
            if separator == Some('+') {
                continue;
            }
            // DER sorts what is a set.
            rdn.sort_unstable();
            rdns.push(element(SET, &rdn.concat()));
            rdn.clear();
            match separator {
                None => break,
                Some(',') if self.is_reversed.is_none() => self.is_reversed = Some(self.peek() != Some(' ')),
                Some(_) => {}
            }
        }
        Ok(rdns)
    }

    /// An attribute up to its separator.
    fn attribute(&mut self) -> Result<Vec<u8>, Problem> {
        self.skip_spaces();
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find(|found| found == '=' || self.separates(found)).unwrap_or(rest.len());
        let name = rest[..length].trim_end();
        if !rest[length..].starts_with('=') || name.is_empty() {
            return Err((start, self.no_attribute(name, rest.starts_with('='))));
        }
        let known = name.get(..4).filter(|word| word.eq_ignore_ascii_case("OID.")).map_or(name, |_| &name[4..]);
        let dotted = oid::attribute_type(known).unwrap_or(known);
        let Some(octets) = oid::octets(dotted) else { return Err((start, unknown_type(name))) };
        self.at = start + length + 1;
        let value = self.value()?;
        Ok(element(SEQUENCE, &[element(OBJECT_IDENTIFIER, &octets), value].concat()))
    }

    /// What is wrong if an attribute does not have the form TYPE=value.
    #[cold]
    fn no_attribute(&self, name: &str, has_equals: bool) -> String {
        if has_equals {
            return "An attribute has no type before its equals sign.".to_owned();
        }
        if name.is_empty() {
            return "An attribute is missing.".to_owned();
        }
        let separators = if self.has_slashes { "a slash or plus sign" } else { "a comma or plus sign" };
        format!(
            "{} has no equals sign: attributes are written TYPE=value, and {separators} in a value has a backslash before it.",
            quoted(name)
        )
    }

    /// An encoded value.
    fn value(&mut self) -> Result<Vec<u8>, Problem> {
        if !self.has_slashes {
            self.skip_spaces();
        }
        let start = self.at;
        let bytes = match self.peek() {
            Some('#') if !self.has_slashes => return self.dump(),
            Some('"') if !self.has_slashes => self.quoted_value()?,
            _ => self.plain_value()?,
        };
        match std::str::from_utf8(&bytes) {
            Ok(_) => Ok(element(UTF8_STRING, &bytes)),
            Err(_) => Err((start, "The escapes in the value are not UTF-8.".to_owned())),
        }
    }

    fn plain_value(&mut self) -> Result<Vec<u8>, Problem> {
        let mut value = Vec::new();
        // Spaces at the end count only if they are escaped, or in OpenSSL's spelling with slashes.
        let mut kept = 0;
        while let Some(found) = self.peek().filter(|found| !self.separates(*found)) {
            if !self.has_slashes && matches!(found, ';' | '<' | '>' | '"') {
                return Err((self.at, format!("The character {found} in a value must have a backslash before it.")));
            }
            self.push_next(&mut value)?;
            if found != ' ' || self.has_slashes {
                kept = value.len();
            }
        }
        value.truncate(kept);
        Ok(value)
    }

    /// A value in quotes, as OpenSSL's line has it.
    fn quoted_value(&mut self) -> Result<Vec<u8>, Problem> {
        let start = self.at;
        self.next();
        let mut value = Vec::new();
        while self.peek() != Some('"') {
            if self.peek().is_none() {
                return Err((start, "The quotation mark has no end.".to_owned()));
            }
            self.push_next(&mut value)?;
        }
        self.next();
        self.skip_spaces();
        match self.peek() {
            Some(found) if !self.separates(found) => {
                Err((self.at, "Text follows the quotation mark that ends a value.".to_owned()))
            }
            _ => Ok(value),
        }
    }

    /// A value as `#` and the hex of its encoding, as RFC 4514 has it for what is not text.
    fn dump(&mut self) -> Result<Vec<u8>, Problem> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let length = rest.find(|found| self.separates(found)).unwrap_or(rest.len());
        let digits = rest[..length].trim_end().as_bytes();
        let octets: Option<Vec<u8>> = digits.chunks(2).map(octet).collect();
        let is_element = |octets: &Vec<u8>| {
            let mut reader = DerReader::new(octets);
            reader.any("a value").is_ok() && reader.is_empty()
        };
        self.at = start + 1 + length;
        octets
            .filter(is_element)
            .ok_or_else(|| (start, "The value after # is not the hex of an encoded value.".to_owned()))
    }

    /// Adds the next character, or what an escape stands for.
    fn push_next(&mut self, value: &mut Vec<u8>) -> Result<(), Problem> {
        let start = self.at;
        let Some(mut found) = self.next() else { return Ok(()) };
        if found == '\\' {
            // OpenSSL prints bytes as \xC3 between slashes, and as \C3 between commas, as RFC 4514 does.
            let rest = &self.text.as_bytes()[self.at..];
            let (skipped, digits) = match (self.has_slashes, rest) {
                (true, [b'x' | b'X', digits @ ..]) => (1, digits),
                (true, _) => (0, &[][..]),
                (false, digits) => (0, digits),
            };
            if let Some(byte) = digits.get(..2).and_then(octet) {
                self.at += skipped + 2;
                value.push(byte);
                return Ok(());
            }
            let Some(escaped) = self.next() else {
                return Err((start, "The backslash at the end escapes nothing.".to_owned()));
            };
            found = escaped;
        }
        value.extend_from_slice(found.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn separates(&self, found: char) -> bool {
        found == '+' || found == if self.has_slashes { '/' } else { ',' }
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let found = self.peek()?;
        self.at += found.len_utf8();
        Some(found)
    }
}

#[cold]
fn unknown_type(name: &str) -> String {
    let near = nearest(name, &oid::attribute_names());
    let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
    format!("{} is not a known attribute type.{near}", quoted(name))
}

/// The octet that two hex digits stand for.
fn octet(pair: &[u8]) -> Option<u8> {
    let [high, low] = pair else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// An element in DER.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let significant = &length[content.len().leading_zeros() as usize / 8..];
    let mut der = Vec::with_capacity(content.len() + 6);
    der.push(tag);
    match content.len() {
        short @ 0..0x80 => der.push(short as u8),
        // A length has eight octets at most.
        _ => {
            der.push(0x80 | significant.len() as u8);
            der.extend_from_slice(significant);
        }
    }
    der.extend_from_slice(content);
    der
}
