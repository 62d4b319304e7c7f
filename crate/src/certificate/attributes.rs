//! The attributes of a distinguished name, in the order in which they are encoded.

use super::der_reader::{DerReader, Element, OBJECT_IDENTIFIER, SEQUENCE, SET};
use super::error::ReadError;
use super::oid;
use crate::secrets;
use std::borrow::Cow;

const UTF8_STRING: u8 = 0x0c;
const NUMERIC_STRING: u8 = 0x12;
const PRINTABLE_STRING: u8 = 0x13;
const TELETEX_STRING: u8 = 0x14;
const VIDEOTEX_STRING: u8 = 0x15;
const IA5_STRING: u8 = 0x16;
const GRAPHIC_STRING: u8 = 0x19;
const VISIBLE_STRING: u8 = 0x1a;
const GENERAL_STRING: u8 = 0x1b;
const UNIVERSAL_STRING: u8 = 0x1c;
const BMP_STRING: u8 = 0x1e;

/// Stands for the encoding of an attribute that is given without a certificate.
pub(crate) const NOT_KNOWN: &str = "not known";

/// One attribute of a distinguished name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The content octets of the attribute type's object identifier.
    pub oid: &'a [u8],
    /// The ASN.1 tag of the value.
    pub tag: u8,
    /// The value as encoded: tag, length and content.
    pub encoded: &'a [u8],
    /// The value as text. What is not a string is shown as RFC 4514 does: `#` and the hex of its encoding.
    pub value: Cow<'a, str>,
    /// Whether the value is a string.
    pub is_text: bool,
    /// Position in the name, from 0, counted over all attributes.
    pub index: usize,
    /// Position of the relative distinguished name, from 0; attributes of a multi-valued one share it.
    pub rdn: usize,
}

impl Attribute<'_> {
    /// The object identifier in dotted form.
    pub fn dotted(&self) -> String {
        oid::dotted(self.oid)
    }

    /// The short name as OpenSSL prints it (`CN`, `serialNumber`, ...), or the dotted OID if it has none.
    pub fn name(&self) -> String {
        let dotted = self.dotted();
        oid::attribute_name(&dotted).map_or(dotted, str::to_owned)
    }

    /// The ASN.1 type of the value, for example `UTF8String`.
    pub fn encoding_name(&self) -> Cow<'static, str> {
        encoding_name(self.tag)
    }
}

/// The ASN.1 type that a tag stands for.
pub fn encoding_name(tag: u8) -> Cow<'static, str> {
    Cow::Borrowed(match tag {
        0x01 => "BOOLEAN",
        0x02 => "INTEGER",
        0x03 => "BIT STRING",
        0x04 => "OCTET STRING",
        0x05 => "NULL",
        0x06 => "OBJECT IDENTIFIER",
        UTF8_STRING => "UTF8String",
        NUMERIC_STRING => "NumericString",
        PRINTABLE_STRING => "PrintableString",
        TELETEX_STRING => "TeletexString",
        VIDEOTEX_STRING => "VideotexString",
        IA5_STRING => "IA5String",
        0x17 => "UTCTime",
        0x18 => "GeneralizedTime",
        GRAPHIC_STRING => "GraphicString",
        VISIBLE_STRING => "VisibleString",
        GENERAL_STRING => "GeneralString",
        UNIVERSAL_STRING => "UniversalString",
        BMP_STRING => "BMPString",
        SEQUENCE => "SEQUENCE",
        SET => "SET",
        _ => return Cow::Owned(format!("tag 0x{tag:02x}")),
    })
}

/// Walks a name once, so that listing its attributes cannot fail later.
pub(super) fn check(name: Element<'_>) -> Result<(), ReadError> {
    let mut rdns = name.reader();
    while !rdns.is_empty() {
        let mut rdn = rdns.expect(SET, "a relative distinguished name (a SET)")?.reader();
        while !rdn.is_empty() {
            let mut attribute = rdn.expect(SEQUENCE, "an attribute of a name (a SEQUENCE)")?.reader();
            attribute.expect(OBJECT_IDENTIFIER, "the type of an attribute (an OID)")?;
            attribute.any("the value of an attribute")?;
            attribute.end("the end of an attribute")?;
        }
    }
    Ok(())
}

/// The attributes of a name, in encoded order, those of multi-valued relative distinguished names included.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rdns: DerReader<'a>,
    rdn: DerReader<'a>,
    index: usize,
    /// How many relative distinguished names have been opened so far.
    opened: usize,
}

impl<'a> Attributes<'a> {
    /// The attributes of an encoded `Name`. A damaged name ends where the damage is. The names of a
    /// [`Certificate`](super::Certificate) are never damaged.
    pub fn new(name: &'a [u8]) -> Self {
        let rdns = DerReader::new(name).expect(SEQUENCE, "a name").map_or(DerReader::new(&[]), |name| name.reader());
        Attributes { rdns, rdn: DerReader::new(&[]), index: 0, opened: 0 }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        while self.rdn.is_empty() {
            if self.rdns.is_empty() {
                return None;
            }
            self.rdn = self.rdns.any("a relative distinguished name").ok()?.reader();
            self.opened += 1;
        }
        let mut attribute = self.rdn.any("an attribute").ok()?.reader();
        let oid = attribute.any("the type of an attribute").ok()?.content;
        let value = attribute.any("the value of an attribute").ok()?;
        let index = self.index;
        self.index += 1;
        let (tag, encoded, rdn) = (value.tag, value.encoded, self.opened - 1);
        let (value, is_text) = match text(value) {
            Some(text) => (text, true),
            None => (Cow::Owned(format!("#{}", shown_hex(encoded))), false),
        };
        Some(Attribute { oid, tag, encoded, value, is_text, index, rdn })
    }
}

/// Bytes in hex, as they are shown. A private key among them is not.
pub(super) fn shown_hex(bytes: &[u8]) -> String {
    let hex = oid::hex(bytes);
    match secrets::masked(&hex) {
        Cow::Borrowed(_) => hex,
        Cow::Owned(masked) => masked,
    }
}

/// The text of a string, of whatever type, with private keys in it written over; `None` if the element is none.
pub(super) fn text(value: Element<'_>) -> Option<Cow<'_, str>> {
    Some(match decoded(value)? {
        Cow::Borrowed(text) => secrets::masked(text),
        Cow::Owned(text) => Cow::Owned(secrets::masked(&text).into_owned()),
    })
}

fn decoded(value: Element<'_>) -> Option<Cow<'_, str>> {
    let content = value.content;
    Some(match value.tag {
        UTF8_STRING => String::from_utf8_lossy(content),
        // Nominally subsets of ASCII, or T.61. Other bytes are read as OpenSSL reads them: each byte is a character of
        // Latin-1, even if the bytes would make sense as UTF-8.
        NUMERIC_STRING | PRINTABLE_STRING | TELETEX_STRING | VIDEOTEX_STRING | IA5_STRING | GRAPHIC_STRING
        | VISIBLE_STRING | GENERAL_STRING => match content.is_ascii() {
            true => String::from_utf8_lossy(content),
            false => Cow::Owned(content.iter().copied().map(char::from).collect()),
        },
        BMP_STRING if content.len().is_multiple_of(2) => {
            let units = content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        UNIVERSAL_STRING if content.len().is_multiple_of(4) => {
            let points = content.chunks_exact(4).map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]));
            Cow::Owned(points.map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        _ => return None,
    })
}
