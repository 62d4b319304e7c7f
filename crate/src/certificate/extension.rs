//! The extensions of a certificate (RFC 5280, section 4.2) that people look at, read one by one, so that one that is damaged or
//! not known costs no other.

use super::attributes::{self, Attribute, Attributes};
use super::der_reader::{BIT_STRING, DerReader, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, elements};
use super::name;
use super::oid;
use crate::secrets;
use serde::Serialize;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

const BOOLEAN: u8 = 0x01;
/// id-ce, 2.5.29: the arc of the extensions that RFC 5280 defines.
const ID_CE: [u8; 2] = [0x55, 0x1d];

/// The last arc of an extension's OID below 2.5.29.
const SUBJECT_KEY_IDENTIFIER: u8 = 14;
const KEY_USAGE: u8 = 15;
const SUBJECT_ALT_NAME: u8 = 17;
const BASIC_CONSTRAINTS: u8 = 19;
const AUTHORITY_KEY_IDENTIFIER: u8 = 35;
const EXTENDED_KEY_USAGE: u8 = 37;

/// An extension as encoded.
#[derive(Debug, Clone, Copy)]
pub struct Extension<'a> {
    /// The content octets of its object identifier.
    pub oid: &'a [u8],
    /// Whether who does not know it must refuse the certificate.
    pub critical: bool,
    /// The DER inside the OCTET STRING.
    pub value: &'a [u8],
}

/// The extensions in an `Extensions` SEQUENCE, in order, up to the first that cannot be read.
pub fn extensions(der: &[u8]) -> impl Iterator<Item = Extension<'_>> {
    let list = DerReader::new(der).expect(SEQUENCE, "the extensions").map_or(&[][..], |list| list.content);
    elements(list).map_while(|extension| {
        let mut parts = extension.reader();
        let oid = parts.expect(OBJECT_IDENTIFIER, "an extension's OID").ok()?.content;
        let critical = match parts.peek() {
            Some(BOOLEAN) => parts.any("").ok()?.content.first().is_some_and(|&octet| octet != 0),
            _ => false,
        };
        let value = parts.expect(OCTET_STRING, "an extension's value").ok()?.content;
        Some(Extension { oid, critical, value })
    })
}

/// What `basicConstraints` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct BasicConstraints {
    /// Whether the certificate is a CA's.
    pub ca: bool,
    /// How many CAs may follow below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_length: Option<u32>,
}

/// One of the subject's alternative names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct AlternativeName {
    /// `dns`, `email`, `uri`, `ip`, `directory`, `registered-id` or `other`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name. For the kind `other` the hex of its encoding.
    pub value: String,
}

/// An object identifier with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct NamedOid {
    /// Dotted.
    pub oid: String,
    /// OpenSSL's name for it, or the dotted OID if it has no name here.
    pub name: String,
}

/// An extension, whether jitp looks into it or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ExtensionSummary {
    /// Dotted.
    pub oid: String,
    /// OpenSSL's name for it, or the dotted OID if it has no name here.
    pub name: String,
    /// Whether who does not know it must refuse the certificate.
    pub critical: bool,
    /// The length of its value in bytes.
    pub bytes: usize,
}

/// The facts that are read from a certificate's extensions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// The names in `subjectAltName`.
    pub alternative_names: Option<Vec<AlternativeName>>,
    /// The purposes in `keyUsage`.
    pub key_usage: Option<Vec<&'static str>>,
    /// The purposes in `extendedKeyUsage`.
    pub extended_key_usage: Option<Vec<NamedOid>>,
    /// What `basicConstraints` says.
    pub basic_constraints: Option<BasicConstraints>,
    /// The octets of `subjectKeyIdentifier`.
    pub subject_key_id: Option<Vec<u8>>,
    /// The octets of the key identifier in `authorityKeyIdentifier`.
    pub authority_key_id: Option<Vec<u8>>,
    /// The names of the known extensions that cannot be read and are not critical. `unchecked` has the critical ones.
    pub unreadable: Vec<String>,
}

impl Extensions {
    /// Reads an `Extensions` SEQUENCE.
    pub fn read(der: Option<&[u8]>) -> Self {
        let mut read = Self::default();
        for extension in extensions(der.unwrap_or_default()) {
            let [first, second, arc] = extension.oid else { continue };
            let is_read = [*first, *second] != ID_CE || read.take(*arc, extension.value).is_some();
            if !is_read && !extension.critical {
                read.unreadable.push(named(extension.oid).name);
            }
        }
        read
    }

    /// Takes in one extension below 2.5.29; `None` if it cannot be read.
    fn take(&mut self, arc: u8, value: &[u8]) -> Option<()> {
        match arc {
            SUBJECT_KEY_IDENTIFIER => self.subject_key_id = Some(only(value, OCTET_STRING)?.content.to_vec()),
            AUTHORITY_KEY_IDENTIFIER => self.authority_key_id = authority_key_id(value)?.map(<[u8]>::to_vec),
            KEY_USAGE => self.key_usage = Some(key_usage(value)?),
            EXTENDED_KEY_USAGE => self.extended_key_usage = Some(purposes(value)?),
            BASIC_CONSTRAINTS => self.basic_constraints = Some(basic_constraints(value)?),
            SUBJECT_ALT_NAME => self.alternative_names = Some(alternative_names(value)?),
            _ => {}
        }
        Some(())
    }
}

/// Critical extensions that are read, and those that a device's certificate may have without consequence here: the
/// usage period of a key, an issuer's alternative names, the location of revocation lists, and policies. Name
/// constraints (30) are not among them.
const CHECKED: [u8; 13] = [
    SUBJECT_KEY_IDENTIFIER,
    KEY_USAGE,
    16,
    SUBJECT_ALT_NAME,
    18,
    BASIC_CONSTRAINTS,
    31,
    32,
    33,
    AUTHORITY_KEY_IDENTIFIER,
    36,
    EXTENDED_KEY_USAGE,
    54,
];

/// The critical extensions of an `Extensions` SEQUENCE that are not read or cannot be read, in words.
pub(crate) fn unchecked(der: Option<&[u8]>) -> Vec<String> {
    let Some(der) = der else { return Vec::new() };
    let Ok(list) = DerReader::new(der).expect(SEQUENCE, "the extensions") else {
        return vec!["none of them can be read".to_owned()];
    };
    let (mut unchecked, mut known) = (Vec::new(), Extensions::default());
    let mut length = 0;
    for (extension, element) in extensions(der).zip(elements(list.content)) {
        length += element.encoded.len();
        let problem = match extension.oid {
            _ if !extension.critical => continue,
            [first, second, arc] if [*first, *second] == ID_CE && CHECKED.contains(arc) => {
                match known.take(*arc, extension.value) {
                    Some(()) => continue,
                    None => " (cannot be read)",
                }
            }
            _ => "",
        };
        unchecked.push(named(extension.oid).name + problem);
    }
    if length < list.content.len() {
        unchecked.push("one that cannot be read, with what follows it".to_owned());
    }
    unchecked
}

/// Every extension of an `Extensions` SEQUENCE, whether it is read or not.
pub(super) fn summaries(der: Option<&[u8]>) -> Vec<ExtensionSummary> {
    let summary = |extension: Extension<'_>| {
        let NamedOid { oid, name } = named(extension.oid);
        ExtensionSummary { oid, name, critical: extension.critical, bytes: extension.value.len() }
    };
    extensions(der.unwrap_or_default()).map(summary).collect()
}

/// An extension's OID with its name.
pub(super) fn named(octets: &[u8]) -> NamedOid {
    let oid = oid::dotted(octets);
    let name = oid::extension_name(&oid).map_or_else(|| oid.clone(), str::to_owned);
    NamedOid { oid, name }
}

/// The one element of a value.
fn only(value: &[u8], tag: u8) -> Option<Element<'_>> {
    let mut reader = DerReader::new(value);
    let element = reader.expect(tag, "an extension's value").ok()?;
    reader.is_empty().then_some(element)
}

/// The kind of a key identifier: `subjectKeyIdentifier`, or that of `authorityKeyIdentifier`.
pub(crate) fn key_ids(der: Option<&[u8]>) -> (Option<&[u8]>, Option<&[u8]>) {
    let (mut subject, mut authority) = (None, None);
    for extension in extensions(der.unwrap_or_default()) {
        match extension.oid {
            [0x55, 0x1d, SUBJECT_KEY_IDENTIFIER] => subject = only(extension.value, OCTET_STRING).map(|id| id.content),
            [0x55, 0x1d, AUTHORITY_KEY_IDENTIFIER] => authority = authority_key_id(extension.value).flatten(),
            _ => {}
        }
    }
    (subject, authority)
}

fn authority_key_id(value: &[u8]) -> Option<Option<&[u8]>> {
    const KEY_IDENTIFIER: u8 = 0x80;
    Some(elements(only(value, SEQUENCE)?.content).find(|part| part.tag == KEY_IDENTIFIER).map(|id| id.content))
}

fn key_usage(value: &[u8]) -> Option<Vec<&'static str>> {
    const USAGES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    let (unused, bits) = only(value, BIT_STRING)?.content.split_first()?;
    let count = (bits.len() * 8).checked_sub(usize::from(*unused))?;
    let is_set = |index: usize| index < count && bits[index / 8] & (0x80 >> (index % 8)) != 0;
    Some(USAGES.into_iter().enumerate().filter(|(index, _)| is_set(*index)).map(|(_, usage)| usage).collect())
}

fn purposes(value: &[u8]) -> Option<Vec<NamedOid>> {
    let mut purposes = only(value, SEQUENCE)?.reader();
    let mut read = Vec::new();
    while !purposes.is_empty() {
        let oid = oid::dotted(purposes.expect(OBJECT_IDENTIFIER, "a purpose").ok()?.content);
        let name = oid::purpose_name(&oid).map_or_else(|| oid.clone(), str::to_owned);
        read.push(NamedOid { oid, name });
    }
    Some(read)
}

fn basic_constraints(value: &[u8]) -> Option<BasicConstraints> {
    let mut parts = only(value, SEQUENCE)?.reader();
    let ca = parts.peek() == Some(BOOLEAN) && parts.any("").ok()?.content.first().is_some_and(|&octet| octet != 0);
    let path_length = match parts.peek() {
        Some(INTEGER) => {
            let octets = parts.any("").ok()?.content;
            let length = octets.iter().try_fold(0_u32, |n, &octet| Some(n.checked_mul(256)? | u32::from(octet)));
            Some(length?)
        }
        _ => None,
    };
    parts.is_empty().then_some(BasicConstraints { ca, path_length })
}

fn alternative_names(value: &[u8]) -> Option<Vec<AlternativeName>> {
    let mut names = only(value, SEQUENCE)?.reader();
    let mut read = Vec::new();
    while !names.is_empty() {
        read.push(alternative_name(names.any("a name").ok()?));
    }
    Some(read)
}

/// A `GeneralName`; its kind is its context tag.
fn alternative_name(name: Element<'_>) -> AlternativeName {
    let text = || secrets::masked(&String::from_utf8_lossy(name.content)).into_owned();
    let (kind, value) = match name.tag {
        0x81 => ("email", text()),
        0x82 => ("dns", text()),
        0x86 => ("uri", text()),
        0x87 => ("ip", address(name.content)),
        0x88 => ("registered-id", oid::dotted(name.content)),
        0xa4 => {
            let attributes: Vec<Attribute<'_>> = Attributes::new(name.content).collect();
            ("directory", name::openssl(&attributes))
        }
        0xa0 => ("other", other_name(name)),
        _ => ("other", attributes::shown_hex(name.encoded)),
    };
    AlternativeName { kind, value }
}

/// An `otherName`: its type, and its value if that is a string.
fn other_name(name: Element<'_>) -> String {
    let mut parts = name.reader();
    let (Ok(kind), Ok(value)) = (parts.any(""), parts.any("")) else { return attributes::shown_hex(name.encoded) };
    let inner = value.reader().any("").ok();
    let text = inner
        .and_then(attributes::text)
        .unwrap_or_else(|| Cow::Owned(format!("#{}", attributes::shown_hex(value.content))));
    format!("{}: {text}", oid::dotted(kind.content))
}

fn address(octets: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Ipv4Addr::from(four).to_string();
    }
    if let Ok(sixteen) = <[u8; 16]>::try_from(octets) {
        return Ipv6Addr::from(sixteen).to_string();
    }
    attributes::shown_hex(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usages_are_counted_from_the_first_bit() {
        assert_eq!(key_usage(&[3, 2, 7, 0x80]), Some(vec!["digitalSignature"]));
        assert_eq!(key_usage(&[3, 2, 1, 0x06]), Some(vec!["keyCertSign", "cRLSign"]));
        assert_eq!(key_usage(&[3, 3, 7, 0, 0x80]), Some(vec!["decipherOnly"]));
        assert_eq!(key_usage(&[3, 0]), None);
        assert_eq!(key_usage(&[4, 2, 7, 0x80]), None);
    }

    #[test]
    fn basic_constraints_in_every_form() {
        let read = |value: &[u8]| basic_constraints(value).map(|read| (read.ca, read.path_length));
        assert_eq!(read(&[0x30, 0]), Some((false, None)));
        assert_eq!(read(&[0x30, 3, 1, 1, 0xff]), Some((true, None)));
        assert_eq!(read(&[0x30, 3, 1, 1, 1]), Some((true, None)), "BER's true");
        assert_eq!(read(&[0x30, 6, 1, 1, 0xff, 2, 1, 3]), Some((true, Some(3))));
        assert_eq!(read(&[0x30, 3, 2, 1, 3]), Some((false, Some(3))));
        assert_eq!(read(&[0x30, 3, 4, 1, 3]), None);
    }

    #[test]
    fn addresses() {
        assert_eq!(address(&[192, 0, 2, 1]), "192.0.2.1");
        assert_eq!(address(&[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "2001:db8::1");
        assert_eq!(address(&[1, 2, 3]), "010203");
    }
}
