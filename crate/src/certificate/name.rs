//! A distinguished name as people write it: RFC 4514, and the line that OpenSSL prints.

use super::attributes::{self, Attribute, Attributes};
use super::der_reader::{SEQUENCE, SET};
use super::oid;
use crate::sorted::sorted;
use serde::Serialize;
use std::fmt::Write;
use std::mem;

/// A name, written in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct NameText {
    /// As RFC 4514 writes it, the last attribute first: `CN=sensor-0001,O=Example,C=DE`. Attribute types that have a
    /// short name are written by it. Values of other types are written as `#` and the hex of their encoding.
    pub rfc4514: String,
    /// As `openssl x509 -subject -nameopt oneline,utf8,-esc_msb` prints it: `C = DE, O = Example, CN = sensor-0001`.
    pub openssl: String,
}

impl NameText {
    /// Writes the attributes of a name.
    pub fn of(attributes: Attributes<'_>) -> Self {
        let attributes: Vec<Attribute<'_>> = attributes.collect();
        Self { rfc4514: rfc4514(&attributes), openssl: openssl(&attributes) }
    }
}

/// The name as RFC 4514 writes it, the last attribute first.
pub fn rfc4514(attributes: &[Attribute<'_>]) -> String {
    let mut text = String::new();
    let mut rdn = None;
    for attribute in attributes.iter().rev() {
        if let Some(before) = rdn.replace(attribute.rdn) {
            text.push(if before == attribute.rdn { '+' } else { ',' });
        }
        let (name, value) = written(attribute);
        text.push_str(&name);
        text.push('=');
        match value {
            Some(value) => escape(value, &mut text),
            None => text.push_str(&dump(attribute)),
        }
    }
    text
}

/// The name in the order of its encoding, on one line.
pub fn openssl(attributes: &[Attribute<'_>]) -> String {
    let mut text = String::new();
    let mut rdn = None;
    for attribute in attributes {
        if let Some(before) = rdn.replace(attribute.rdn) {
            text.push_str(if before == attribute.rdn { " + " } else { ", " });
        }
        let (name, value) = written(attribute);
        text.push_str(&name);
        text.push_str(" = ");
        match value {
            Some(value) if needs_quotes(value) => {
                text.push('"');
                push_all(value, &mut text, &['"', '\\']);
                text.push('"');
            }
            Some(value) => push_all(value, &mut text, &['"', '\\']),
            None => text.push_str(&dump(attribute)),
        }
    }
    text
}

/// The attribute's type, and its value if that is written as text.
fn written<'a>(attribute: &'a Attribute<'_>) -> (String, Option<&'a str>) {
    let dotted = attribute.dotted();
    match oid::attribute_name(&dotted) {
        Some(name) => (name.to_owned(), attribute.is_text.then_some(&*attribute.value)),
        None => (dotted, None),
    }
}

/// The encoding of a value in hex, as both forms show what is not written as text.
fn dump(attribute: &Attribute<'_>) -> String {
    format!("#{}", attributes::shown_hex(attribute.encoded).to_ascii_uppercase())
}

const SPECIAL: [char; 7] = [',', '+', '<', '>', ';', '"', '\\'];

/// Whether OpenSSL puts a value in quotes instead of escaping its special characters. Two characters are escaped either
/// way and do not ask for quotes.
fn needs_quotes(value: &str) -> bool {
    value.starts_with(['#', ' ']) || value.ends_with(' ') || value.contains(&SPECIAL[..5])
}

/// Escapes a value as RFC 4514 asks, section 2.4.
fn escape(value: &str, text: &mut String) {
    let last = value.chars().count().saturating_sub(1);
    for (at, character) in value.chars().enumerate() {
        let at_edge = (at == 0 && matches!(character, '#' | ' ')) || (at == last && character == ' ');
        if at_edge {
            text.push('\\');
            text.push(character);
        } else {
            push(character, text, &SPECIAL);
        }
    }
}

fn push_all(value: &str, text: &mut String, special: &[char]) {
    value.chars().for_each(|character| push(character, text, special));
}

fn push(character: char, text: &mut String, special: &[char]) {
    if special.contains(&character) {
        text.push('\\');
        text.push(character);
    } else if character.is_ascii_control() {
        // Writing to a String cannot fail.
        let _ = write!(text, "\\{:02X}", character as u32);
    } else {
        text.push(character);
    }
}

/// A name in the form in which names are compared (RFC 5280, section 7.1): the types, and the values without regard to case,
/// to the ASN.1 string type, and to how much white space there is.
pub(crate) fn comparable(name: &[u8]) -> Vec<u8> {
    let mut form = Vec::with_capacity(name.len());
    let mut rdn: Vec<Vec<u8>> = Vec::new();
    let mut open = 0;
    for attribute in Attributes::new(name) {
        if attribute.rdn != open {
            close(&mut rdn, &mut form);
            open = attribute.rdn;
        }
        let mut bytes = vec![SEQUENCE, u8::try_from(attribute.oid.len()).unwrap_or(u8::MAX)];
        bytes.extend_from_slice(attribute.oid);
        let words: Vec<&str> = attribute.value.split_ascii_whitespace().collect();
        bytes.extend(words.join(" ").to_ascii_lowercase().into_bytes());
        rdn.push(bytes);
    }
    close(&mut rdn, &mut form);
    form
}

/// Ends a relative distinguished name. It is a set: its attributes have no order of their own.
fn close(rdn: &mut Vec<Vec<u8>>, form: &mut Vec<u8>) {
    form.push(SET);
    sorted(mem::take(rdn)).into_iter().for_each(|attribute| form.extend(attribute));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(value: &str) -> String {
        let mut text = String::new();
        escape(value, &mut text);
        text
    }

    #[test]
    fn values_are_escaped_as_rfc_4514_shows() {
        assert_eq!(escaped("James \"Jim\" Smith, III"), r#"James \"Jim\" Smith\, III"#);
        assert_eq!(escaped("Before\rAfter"), r"Before\0DAfter");
        assert_eq!(escaped("Lučić"), "Lučić");
        assert_eq!(escaped("#1 "), r"\#1\ ");
        assert_eq!(escaped(" "), r"\ ");
        assert_eq!(escaped("a#b c"), "a#b c");
        assert_eq!(escaped(""), "");
    }
}
