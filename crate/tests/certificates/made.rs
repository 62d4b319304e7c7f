//! Certificates put together by hand, for what no tool would make. Nobody has signed them.

use base64::Engine;

/// One element.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match content.len() {
        length @ 0..128 => bytes.push(length as u8),
        length @ 128..256 => bytes.extend([0x81, length as u8]),
        length => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
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

/// What distinguishes a hand-made certificate.
pub struct Made<'a> {
    pub serial: &'a [u8],
    pub subject: Vec<Vec<u8>>,
    pub not_before: Vec<u8>,
    pub key: Vec<u8>,
}

impl Default for Made<'_> {
    fn default() -> Self {
        let p256 = sequence(&[tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]), tlv(6, P256)]);
        Made {
            serial: &[1],
            subject: vec![rdn(CN, 0x0c, b"device")],
            not_before: tlv(0x17, b"260101000000Z"),
            key: sequence(&[p256, tlv(3, &[0; 66])]),
        }
    }
}

pub const CN: &[u8] = &[0x55, 4, 3];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];

impl Made<'_> {
    pub fn der(&self) -> Vec<u8> {
        let algorithm = sequence(&[tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])]);
        let signed = sequence(&[
            tlv(0xa0, &tlv(2, &[2])),
            tlv(2, self.serial),
            algorithm.clone(),
            sequence(&[rdn(CN, 0x0c, b"CA")]),
            sequence(&[self.not_before.clone(), tlv(0x18, b"20991231235959Z")]),
            sequence(&self.subject),
            self.key.clone(),
        ]);
        sequence(&[signed, algorithm, tlv(3, &[0, 1, 2, 3])])
    }
}

/// Armor of any label and line width.
pub fn armor(label: &str, der: &[u8], width: usize, line_end: &str) -> String {
    let base64 = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> =
        base64.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).expect("base64 is ASCII")).collect();
    format!("-----BEGIN {label}-----{line_end}{}{line_end}-----END {label}-----{line_end}", lines.join(line_end))
}
