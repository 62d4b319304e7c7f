//! Certificates that are put together by hand, because no tool would create them. Nobody has signed them.

use base64::Engine;

/// One element.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match content.len() {
        length @ 0..128 => bytes.push(length as u8),
        length @ 128..256 => bytes.extend([0x81, length as u8]),
        length @ 256..65_536 => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
        length => bytes.extend([0x83, (length >> 16) as u8, (length >> 8) as u8, length as u8]),
    }
    bytes.extend(content);
    bytes
}

/// A SEQUENCE of these elements.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// One attribute as a relative distinguished name; `oid` is the content of its object identifier.
pub fn rdn(oid: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
    tlv(0x31, &sequence(&[tlv(6, oid), tlv(tag, value)]))
}

/// The properties of a hand-made certificate.
pub struct Made<'a> {
    pub serial: &'a [u8],
    pub issuer: Vec<Vec<u8>>,
    pub subject: Vec<Vec<u8>>,
    pub not_before: Vec<u8>,
    pub key: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    pub algorithm: Vec<u8>,
    /// The octets in the BIT STRING after the count of unused bits.
    pub signature: Vec<u8>,
}

impl Default for Made<'_> {
    fn default() -> Self {
        Made {
            serial: &[1],
            issuer: vec![rdn(CN, 0x0c, b"CA")],
            subject: vec![rdn(CN, 0x0c, b"device")],
            not_before: tlv(0x17, b"260101000000Z"),
            // The form of a point, whose coordinates no test reads.
            key: p256(&[&[4][..], &[0; 64]].concat()),
            extensions: Vec::new(),
            algorithm: sequence(&[tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])]),
            signature: vec![1, 2, 3],
        }
    }
}

/// A `SubjectPublicKeyInfo` on P-256 around what should be a point.
pub fn p256(point: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]), tlv(6, P256)]);
    sequence(&[algorithm, tlv(3, &[&[0], point].concat())])
}

/// An extension below 2.5.29.
pub fn extension(arc: u8, value: &[u8]) -> Vec<u8> {
    sequence(&[tlv(6, &[0x55, 0x1d, arc]), tlv(4, value)])
}

pub const CN: &[u8] = &[0x55, 4, 3];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];

impl Made<'_> {
    pub fn der(&self) -> Vec<u8> {
        let mut parts = vec![
            tlv(0xa0, &tlv(2, &[2])),
            tlv(2, self.serial),
            self.algorithm.clone(),
            sequence(&self.issuer),
            sequence(&[self.not_before.clone(), tlv(0x18, b"20991231235959Z")]),
            sequence(&self.subject),
            self.key.clone(),
        ];
        if !self.extensions.is_empty() {
            parts.push(tlv(0xa3, &sequence(&self.extensions)));
        }
        sequence(&[sequence(&parts), self.algorithm.clone(), tlv(3, &[&[0], &self.signature[..]].concat())])
    }
}

/// Armor of any label and line width.
pub fn armor(label: &str, der: &[u8], width: usize, line_end: &str) -> String {
    let base64 = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> =
        base64.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).expect("base64 is ASCII")).collect();
    format!("-----BEGIN {label}-----{line_end}{}{line_end}-----END {label}-----{line_end}", lines.join(line_end))
}
