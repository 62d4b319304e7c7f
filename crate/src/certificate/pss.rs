//! The parameters of RSASSA-PSS (RFC 4055, section 3.1), in the `AlgorithmIdentifier` of a signature or of a key.

use super::der_reader::{DerReader, Element, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use super::oid;

/// How a signature with RSASSA-PSS is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PssParameters<'a> {
    /// The content octets of the hash's object identifier.
    pub hash: &'a [u8],
    /// Those of the hash of the mask generation function MGF1.
    pub mask_hash: &'a [u8],
    /// Octets of the salt.
    pub salt: usize,
}

/// id-mgf1, and id-sha1, which is the default of both hashes.
const MGF1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8];
const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 0x1a];

impl<'a> PssParameters<'a> {
    /// The parameters in an `AlgorithmIdentifier` of `id-RSASSA-PSS`. `None` if there are none, or if they differ from
    /// the RFC: each once, in order, nothing else, MGF1 as the mask, and the one trailer field that exists.
    pub fn read(algorithm: &'a [u8]) -> Option<Self> {
        let mut identifier = DerReader::new(algorithm).expect(SEQUENCE, "the algorithm").ok()?.reader();
        identifier.expect(OBJECT_IDENTIFIER, "the algorithm's OID").ok()?;
        let mut parameters = identifier.expect(SEQUENCE, "the algorithm's parameters").ok()?.reader();
        identifier.end("the end of the algorithm").ok()?;
        let mut next = |tag: u8| -> Option<Option<Element<'a>>> {
            if parameters.peek() != Some(tag) {
                return Some(None);
            }
            let mut inner = parameters.any("a parameter").ok()?.reader();
            let value = inner.any("the value of a parameter").ok()?;
            inner.is_empty().then_some(Some(value))
        };
        let hash = next(0xa0)?.map_or(Some(SHA1), hash_of)?;
        let mask_hash = next(0xa1)?.map_or(Some(SHA1), mask_of)?;
        let salt = next(0xa2)?.map_or(Some(20), number)?;
        let trailer = next(0xa3)?.map_or(Some(1), number)?;
        (trailer == 1 && parameters.is_empty()).then_some(Self { hash, mask_hash, salt })
    }

    /// The name of a hash: WebCrypto's for those that it has, the dotted object identifier for others.
    pub fn name(hash: &[u8]) -> String {
        let dotted = oid::dotted(hash);
        oid::hash_name(&dotted).map_or(dotted, str::to_owned)
    }
}

/// The object identifier in an `AlgorithmIdentifier`. Of its parameters, which say nothing for a hash, there is one at most.
fn hash_of(algorithm: Element<'_>) -> Option<&[u8]> {
    let mut identifier = sequence(algorithm)?;
    let oid = identifier.expect(OBJECT_IDENTIFIER, "the hash's OID").ok()?.content;
    if !identifier.is_empty() {
        identifier.any("the hash's parameters").ok()?;
    }
    identifier.is_empty().then_some(oid)
}

fn mask_of(algorithm: Element<'_>) -> Option<&[u8]> {
    let mut identifier = sequence(algorithm)?;
    let function = identifier.expect(OBJECT_IDENTIFIER, "the mask generation function").ok()?;
    let hash = identifier.expect(SEQUENCE, "its hash").ok()?;
    (function.content == MGF1 && identifier.is_empty()).then(|| hash_of(hash))?
}

fn sequence(element: Element<'_>) -> Option<DerReader<'_>> {
    (element.tag == SEQUENCE).then(|| element.reader())
}

/// A small number that is not negative, in its shortest form.
fn number(element: Element<'_>) -> Option<usize> {
    let shortest = match *element.content {
        [] => false,
        [0, next, ..] => next & 0x80 != 0,
        [first, ..] => first & 0x80 == 0,
    };
    if element.tag != INTEGER || !shortest {
        return None;
    }
    element.content.iter().try_fold(0_usize, |number, &octet| number.checked_mul(256)?.checked_add(octet.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PSS: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
    const SHA256: [u8; 11] = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];

    fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u8::try_from(content.len()).expect("a short one");
        [&[tag, length], &content[..]].concat()
    }

    fn identifier(parameters: &[&[u8]]) -> Vec<u8> {
        tlv(0x30, &[&PSS, &tlv(0x30, parameters)])
    }

    fn mask(function: u8) -> Vec<u8> {
        let function = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, function];
        tlv(0xa1, &[&tlv(0x30, &[&function, &tlv(0x30, &[&SHA256, &[5, 0]])])])
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let defaults = PssParameters { hash: SHA1, mask_hash: SHA1, salt: 20 };
        assert_eq!(PssParameters::read(&identifier(&[])), Some(defaults));
        let hash = tlv(0xa0, &[&tlv(0x30, &[&SHA256])]);
        let salt = [0xa2, 3, 2, 1, 32];
        let all = identifier(&[&hash, &mask(8), &salt, &[0xa3, 3, 2, 1, 1]]);
        assert_eq!(
            PssParameters::read(&all),
            Some(PssParameters { hash: &SHA256[2..], mask_hash: &SHA256[2..], salt: 32 })
        );
        assert_eq!(PssParameters::name(&SHA256[2..]), "SHA-256");
        assert_eq!(PssParameters::name(&[0x88, 0x37, 3]), "2.999.3");
    }

    #[test]
    fn nothing_but_what_the_rfc_has() {
        let hash = tlv(0xa0, &[&tlv(0x30, &[&SHA256])]);
        let salt: &[u8] = &[0xa2, 3, 2, 1, 32];
        for (parameters, why) in [
            (vec![salt, &hash[..]], "out of order"),
            (vec![salt, salt], "twice"),
            (vec![&[0xa3, 3, 2, 1, 2][..]], "another trailer"),
            (vec![&[0xa2, 3, 2, 1, 0xff][..]], "a negative salt"),
            (vec![&[0xa2, 4, 2, 2, 0, 32][..]], "a salt with a zero too many"),
            (vec![&[0xa2, 2, 2, 0][..]], "a salt without octets"),
            (vec![&[0xa2, 6, 2, 1, 1, 2, 1, 1][..]], "two salts in one"),
            (vec![&[0xa4, 3, 2, 1, 1][..]], "a parameter too many"),
            (vec![&[5, 0][..]], "something else"),
        ] {
            assert_eq!(PssParameters::read(&identifier(&parameters)), None, "{why}");
        }
        assert_eq!(PssParameters::read(&identifier(&[&mask(9)])), None, "another mask generation function");
        assert_eq!(PssParameters::read(&tlv(0x30, &[&PSS])), None, "no parameters at all");
        assert_eq!(PssParameters::read(&tlv(0x30, &[&PSS, &[5, 0]])), None, "NULL");
        assert_eq!(PssParameters::read(&tlv(0x30, &[&PSS, &[0x30, 0], &[5, 0]])), None, "more behind them");
    }
}
