//! The certificates in a PKCS#7 bundle (`.p7b`, `.p7c`): those of its `SignedData`, RFC 2315 and RFC 5652.
//!
//! Bundles are often written in BER with indefinite lengths, so the DER reader cannot read them. Nothing is verified:
//! the signatures of such a bundle, if it has any, are not about its certificates.

use super::der_reader::{INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET};

/// `signedData`, 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// The explicit content of a `ContentInfo`, and the implicit certificates of a `SignedData`.
const CONTEXT_0: u8 = 0xa0;
/// Indefinite lengths inside one another; a bundle has four levels above its certificates.
const DEPTH: usize = 32;

/// One element of BER.
struct BerElement<'a> {
    tag: u8,
    content: &'a [u8],
    /// Tag, length, content, and the end of an indefinite one.
    encoded: &'a [u8],
}

/// Whether bytes are a `ContentInfo`: a SEQUENCE that begins with an OID, as no certificate does.
pub(super) fn is_content_info(der: &[u8]) -> bool {
    let header = match *der {
        [SEQUENCE, length, ..] if length <= 0x80 => 2,
        [SEQUENCE, length, ..] => 2 + usize::from(length & 0x7f),
        _ => return false,
    };
    der.get(header) == Some(&OBJECT_IDENTIFIER)
}

/// The certificates of a bundle as encoded, in order. Where the bundle is cut off, the last one is what is left of it.
/// `None` if there is no `SignedData`.
pub(super) fn certificates(bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut info = children(first(bundle)?.content);
    let kind = info.next()?;
    if kind.tag != OBJECT_IDENTIFIER || kind.content != SIGNED_DATA {
        return None;
    }
    let explicit = info.next().filter(|content| content.tag == CONTEXT_0)?;
    let mut signed = children(first(explicit.content).filter(|signed| signed.tag == SEQUENCE)?.content);
    signed.next().filter(|version| version.tag == INTEGER)?;
    signed.next().filter(|digests| digests.tag == SET)?;
    signed.next().filter(|content| content.tag == SEQUENCE)?;
    let Some(set) = signed.next().filter(|set| set.tag == CONTEXT_0) else { return Some(Vec::new()) };
    Some(children(set.content).map(|certificate| certificate.encoded).collect())
}

/// The elements of some content, in order.
fn children(mut content: &[u8]) -> impl Iterator<Item = BerElement<'_>> {
    std::iter::from_fn(move || {
        let element = first(content)?;
        content = &content[element.encoded.len()..];
        Some(element)
    })
}

/// The first element. One that is cut off reaches to the end.
fn first(bytes: &[u8]) -> Option<BerElement<'_>> {
    read(bytes, 0)
}

fn read(bytes: &[u8], depth: usize) -> Option<BerElement<'_>> {
    let (tag, first) = match *bytes {
        // Two zeros end an indefinite element.
        [] | [_] | [0, 0, ..] => return None,
        [tag, first, ..] => (tag, first),
    };
    if first == 0x80 {
        if depth == DEPTH {
            return None;
        }
        let mut rest = &bytes[2..];
        while let Some(inner) = read(rest, depth + 1) {
            rest = &rest[inner.encoded.len()..];
        }
        let end = bytes.len() - rest.len();
        let closed = if rest.starts_with(&[0, 0]) { end + 2 } else { end };
        return Some(BerElement { tag, content: &bytes[2..end], encoded: &bytes[..closed] });
    }
    let count = if first < 0x80 { 0 } else { usize::from(first & 0x7f) };
    if count > 4 {
        return None;
    }
    let long = bytes.get(2..2 + count)?.iter().fold(0_usize, |length, &byte| length << 8 | usize::from(byte));
    let header = 2 + count;
    let length = if first < 0x80 { usize::from(first) } else { long };
    let end = header.saturating_add(length).min(bytes.len());
    Some(BerElement { tag, content: &bytes[header..end], encoded: &bytes[..end] })
}
