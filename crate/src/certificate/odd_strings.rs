//! Unusual strings in the names of a certificate. Each oddity is reported once, however many attributes have it.

use super::attributes::{self, Attribute, Attributes};
use super::der_reader::DerReader;
use std::borrow::Cow;
use std::collections::HashMap;

const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const IA5_STRING: u8 = 0x16;
/// Attributes that are IA5String by their definition: emailAddress, DC, and the like.
const IA5_ATTRIBUTES: [&str; 4] = ["emailAddress", "DC", "mail", "unstructuredName"];
/// Attributes that are PrintableString by their definition: country, serialNumber, dnQualifier.
const PRINTABLE_ATTRIBUTES: [[u8; 3]; 3] = [[0x55, 4, 6], [0x55, 4, 5], [0x55, 4, 46]];
/// At most this many attributes or characters are named. Beyond that only their number is given.
const NAMED: usize = 8;

/// An oddity of an attribute's string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Oddity {
    Empty,
    /// A UTF8String that is not UTF-8.
    NotUtf8,
    /// A UTF8String, although the attribute's definition has a PrintableString.
    NotPrintable,
    /// A PrintableString with characters that it cannot hold.
    BeyondPrintable,
    /// An IA5String that is not ASCII.
    NotAscii,
    /// A string type that has gone out of use.
    OldType(Cow<'static, str>),
    /// A value that is not a string.
    NoString(Cow<'static, str>),
}

/// Where an oddity is: the names of attributes, and for some the bytes that are odd.
#[derive(Default)]
struct Occurrences {
    subject: Vec<String>,
    issuer: Vec<String>,
    bytes: Vec<u8>,
}

/// The oddities in the names of a certificate, each as a sentence without its stop, in the order in which they are
/// found.
pub(super) fn of(subject: Attributes<'_>, issuer: Attributes<'_>) -> Vec<String> {
    let mut found: Vec<(Oddity, Occurrences)> = Vec::new();
    let mut at: HashMap<Oddity, usize> = HashMap::new();
    let attributes = subject.map(|attribute| (true, attribute)).chain(issuer.map(|attribute| (false, attribute)));
    for (of_subject, attribute) in attributes {
        let Some((oddity, byte)) = oddity(&attribute) else { continue };
        let next = found.len();
        let at = *at.entry(oddity.clone()).or_insert(next);
        if at == next {
            found.push((oddity, Occurrences::default()));
        }
        let places = &mut found[at].1;
        if of_subject { &mut places.subject } else { &mut places.issuer }.push(attribute.name());
        if let Some(byte) = byte.filter(|byte| !places.bytes.contains(byte)) {
            places.bytes.push(byte);
        }
    }
    found.into_iter().map(|(oddity, places)| sentence(&oddity, &places)).collect()
}

/// The oddity of an attribute, and the first byte that is odd.
fn oddity(attribute: &Attribute<'_>) -> Option<(Oddity, Option<u8>)> {
    let kind = || attributes::encoding_name(attribute.tag);
    let content = DerReader::new(attribute.encoded).any("").ok()?.content;
    let oddity = match attribute.tag {
        _ if content.is_empty() => Oddity::Empty,
        UTF8_STRING if std::str::from_utf8(content).is_err() => Oddity::NotUtf8,
        UTF8_STRING if PRINTABLE_ATTRIBUTES.iter().any(|oid| oid == attribute.oid) => Oddity::NotPrintable,
        UTF8_STRING => return None,
        PRINTABLE_STRING => {
            let beyond = content.iter().find(|byte| !is_printable(**byte))?;
            return Some((Oddity::BeyondPrintable, Some(*beyond)));
        }
        IA5_STRING if IA5_ATTRIBUTES.contains(&&*attribute.name()) => {
            content.iter().any(|byte| !byte.is_ascii()).then_some(Oddity::NotAscii)?
        }
        _ if attribute.is_text => Oddity::OldType(kind()),
        _ => Oddity::NoString(kind()),
    };
    Some((oddity, None))
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

fn sentence(oddity: &Oddity, places: &Occurrences) -> String {
    let whose = [("subject", &places.subject), ("issuer", &places.issuer)];
    let parts: Vec<String> = whose
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(whose, names)| format!("the {whose}'s {}", list(names)))
        .collect();
    let one = places.subject.len() + places.issuer.len() == 1;
    let plural = |one_of: &str, many: &str| if one { one_of.to_owned() } else { many.to_owned() };
    let what = match oddity {
        Oddity::Empty => plural("is empty", "are empty"),
        Oddity::NotUtf8 => plural("is a UTF8String that is not UTF-8", "are UTF8Strings that are not UTF-8"),
        Oddity::NotPrintable => plural(
            "is a UTF8String, and the standard requires a PrintableString",
            "are UTF8Strings, and the standard requires PrintableStrings",
        ),
        Oddity::BeyondPrintable => {
            let bytes: Vec<String> = places.bytes.iter().map(|byte| shown(*byte)).collect();
            let held = list(&bytes);
            let read = if places.bytes.iter().all(u8::is_ascii) { "" } else { "; high bytes are read as Latin-1" };
            match one {
                true => format!("is a PrintableString with {held}, which such a string cannot hold{read}"),
                false => format!("are PrintableStrings with characters that such a string cannot hold: {held}{read}"),
            }
        }
        Oddity::NotAscii => plural("is an IA5String that is not ASCII", "are IA5Strings that are not ASCII"),
        Oddity::OldType(kind) => {
            let use_instead = "new certificates use UTF8String or PrintableString";
            match one {
                true => format!("is a {kind}; {use_instead}"),
                false => format!("are {kind}s; {use_instead}"),
            }
        }
        Oddity::NoString(kind) => match one {
            true => format!("has the type {kind}, which is not a string"),
            false => format!("have the type {kind}, which is not a string"),
        },
    };
    let mut text = format!("{} {what}", parts.join(" and "));
    // The first letter is the t of an ASCII word.
    text.replace_range(..1, "T");
    text
}

/// Names in a row. One that is there several times is counted.
fn list(names: &[String]) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for name in names {
        let next = counted.len();
        let at = *at.entry(name).or_insert(next);
        if at == next {
            counted.push((name, 0));
        }
        counted[at].1 += 1;
    }
    let more = counted.len().saturating_sub(NAMED);
    let mut words: Vec<String> = counted
        .iter()
        .take(NAMED)
        .map(|(name, count)| if *count == 1 { (*name).to_owned() } else { format!("{name} ({count} times)") })
        .collect();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

fn shown(byte: u8) -> String {
    match byte.is_ascii_graphic() {
        true => format!("`{}`", char::from(byte)),
        false => format!("the byte 0x{byte:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn one_sentence_for_one_oddity() {
        let places = |subject: &[&str], issuer: &[&str]| Occurrences {
            subject: names(subject),
            issuer: names(issuer),
            bytes: vec![b'_', 0xfc],
        };
        let said = |oddity: &Oddity, subject: &[&str], issuer: &[&str]| sentence(oddity, &places(subject, issuer));
        assert_eq!(said(&Oddity::Empty, &["O"], &[]), "The subject's O is empty");
        assert_eq!(said(&Oddity::Empty, &["C", "O", "OU"], &[]), "The subject's C, O and OU are empty");
        assert_eq!(said(&Oddity::Empty, &["C"], &["C", "O"]), "The subject's C and the issuer's C and O are empty");
        assert_eq!(said(&Oddity::Empty, &["OU", "OU"], &[]), "The subject's OU (2 times) are empty");
        assert_eq!(
            said(&Oddity::BeyondPrintable, &["CN"], &[]),
            "The subject's CN is a PrintableString with `_` and the byte 0xfc, which such a string cannot hold; high bytes are read \
             as Latin-1"
        );
        let many: Vec<String> = (0..100).map(|number| format!("1.2.{number}")).collect();
        assert!(list(&many).ends_with("1.2.7 and 92 more"));
    }
}
