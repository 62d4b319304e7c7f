//! Whether a certificate has the form that strict readers insist on.
//!
//! [`Certificate::parse`] reads on wherever it can, to show people what is there. A signature is different: it counts
//! as good only if every reader would read the same certificate. This walk refuses what OpenSSL's reader refuses, and
//! no more. For example, lengths need not be the shortest, because OpenSSL accepts others too.

use super::der_reader::{
    BIT_STRING, DerReader, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, UTC_TIME,
};

const BOOLEAN: u8 = 1;
const NULL: u8 = 5;
const UTF8_STRING: u8 = 0x0c;
const UNIVERSAL_STRING: u8 = 0x1c;
const BMP_STRING: u8 = 0x1e;
/// The other types that a value in a name may have: NumericString, PrintableString, TeletexString, IA5String, BIT
/// STRING, SEQUENCE, and those that OpenSSL accepts because it does not know them.
const IN_NAMES: [u8; 12] = [0x12, 0x13, 0x14, 0x16, BIT_STRING, SEQUENCE, 0x07, 0x09, 0x0d, 0x0e, 0x0f, 0x1d];

/// Whether strict readers read this certificate.
pub(crate) fn is_well_formed(der: &[u8]) -> bool {
    certificate(der).is_some()
}

fn certificate(der: &[u8]) -> Option<()> {
    let mut outer = DerReader::new(der).expect(SEQUENCE, "").ok()?.reader();
    signed(outer.expect(SEQUENCE, "").ok()?)?;
    algorithm(outer.expect(SEQUENCE, "").ok()?)?;
    bits(outer.expect(BIT_STRING, "").ok()?)?;
    end(outer)
}

fn signed(part: Element<'_>) -> Option<()> {
    let mut parts = part.reader();
    if parts.peek() == Some(0xa0) {
        let mut version = parts.any("").ok()?.reader();
        integer(version.expect(INTEGER, "").ok()?)?;
        end(version)?;
    }
    integer(parts.expect(INTEGER, "").ok()?)?;
    algorithm(parts.expect(SEQUENCE, "").ok()?)?;
    name(parts.expect(SEQUENCE, "").ok()?)?;
    validity(parts.expect(SEQUENCE, "").ok()?)?;
    name(parts.expect(SEQUENCE, "").ok()?)?;
    key(parts.expect(SEQUENCE, "").ok()?)?;
    // The unique identifiers of the issuer and of the subject, then the extensions.
    for tag in [0x81, 0x82] {
        if parts.peek() == Some(tag) {
            bits(parts.any("").ok()?)?;
        }
    }
    if parts.peek() == Some(0xa3) {
        let mut explicit = parts.any("").ok()?.reader();
        let mut list = explicit.expect(SEQUENCE, "").ok()?.reader();
        end(explicit)?;
        while !list.is_empty() {
            extension(list.expect(SEQUENCE, "").ok()?)?;
        }
    }
    end(parts)
}

fn extension(extension: Element<'_>) -> Option<()> {
    let mut parts = extension.reader();
    object_identifier(parts.expect(OBJECT_IDENTIFIER, "").ok()?)?;
    if parts.peek() == Some(BOOLEAN) {
        (parts.any("").ok()?.content.len() == 1).then_some(())?;
    }
    parts.expect(OCTET_STRING, "").ok()?;
    end(parts)
}

fn end(reader: DerReader<'_>) -> Option<()> {
    reader.is_empty().then_some(())
}

/// An `AlgorithmIdentifier`: its OID, and one parameter at most.
fn algorithm(identifier: Element<'_>) -> Option<()> {
    let mut parts = identifier.reader();
    object_identifier(parts.expect(OBJECT_IDENTIFIER, "").ok()?)?;
    if !parts.is_empty() {
        let parameter = parts.any("").ok()?;
        match parameter.tag {
            NULL => (parameter.encoded == [NULL, 0]).then_some(())?,
            INTEGER => integer(parameter)?,
            BOOLEAN => (parameter.content.len() == 1).then_some(())?,
            OBJECT_IDENTIFIER => object_identifier(parameter)?,
            BIT_STRING => bits(parameter)?,
            _ => {}
        }
    }
    end(parts)
}

fn key(info: Element<'_>) -> Option<()> {
    let mut parts = info.reader();
    algorithm(parts.expect(SEQUENCE, "").ok()?)?;
    bits(parts.expect(BIT_STRING, "").ok()?)?;
    end(parts)
}

fn validity(validity: Element<'_>) -> Option<()> {
    let mut times = validity.reader();
    for _ in 0..2 {
        matches!(times.any("").ok()?.tag, UTC_TIME | GENERALIZED_TIME).then_some(())?;
    }
    end(times)
}

fn name(name: Element<'_>) -> Option<()> {
    let mut rdns = name.reader();
    while !rdns.is_empty() {
        let mut rdn = rdns.expect(SET, "").ok()?.reader();
        while !rdn.is_empty() {
            let mut attribute = rdn.expect(SEQUENCE, "").ok()?.reader();
            object_identifier(attribute.expect(OBJECT_IDENTIFIER, "").ok()?)?;
            value(attribute.any("").ok()?)?;
            end(attribute)?;
        }
    }
    Some(())
}

/// A value in a name, which must be a string that can be compared.
fn value(value: Element<'_>) -> Option<()> {
    let content = value.content;
    let is_fine = match value.tag {
        UTF8_STRING => std::str::from_utf8(content).is_ok(),
        // OpenSSL knows no pairs of surrogates.
        BMP_STRING => {
            content.len().is_multiple_of(2) && content.chunks_exact(2).all(|unit| !(0xd8..0xe0).contains(&unit[0]))
        }
        UNIVERSAL_STRING => {
            let is_character = |unit: &[u8]| {
                let point = unit.iter().fold(0_u32, |point, &octet| point << 8 | u32::from(octet));
                char::from_u32(point).is_some()
            };
            content.len().is_multiple_of(4) && content.chunks_exact(4).all(is_character)
        }
        tag => IN_NAMES.contains(&tag),
    };
    is_fine.then_some(())
}

/// An INTEGER in its shortest form.
fn integer(integer: Element<'_>) -> Option<()> {
    let is_shortest = match *integer.content {
        [] => false,
        [0, next, ..] => next & 0x80 != 0,
        [0xff, next, ..] => next & 0x80 == 0,
        [_, ..] => true,
    };
    is_shortest.then_some(())
}

/// A BIT STRING, with its count of unused bits.
fn bits(bits: Element<'_>) -> Option<()> {
    bits.content.first().is_some_and(|&unused| unused < 8).then_some(())
}

/// An OID whose arcs are each in their shortest form.
fn object_identifier(oid: Element<'_>) -> Option<()> {
    let mut begins = true;
    for &octet in oid.content {
        if begins && octet == 0x80 {
            return None;
        }
        begins = octet & 0x80 == 0;
    }
    (begins && !oid.content.is_empty()).then_some(())
}
