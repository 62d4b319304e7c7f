//! Random bytes in the form of keys.

use crate::dice::Dice;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A DER element.
pub fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut bytes = vec![tag];
    match content.len() {
        length @ 0..0x80 => bytes.push(length as u8),
        length @ 0x80..0x100 => bytes.extend([0x81, length as u8]),
        length => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    bytes.extend(content);
    bytes
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

fn integer(dice: &mut Dice, bytes: usize) -> Vec<u8> {
    let mut value = dice.bytes(bytes);
    value[0] = value[0] & 0x7f | 0x40;
    element(2, &[&value])
}

/// A key: its kind, its bytes, and the private ones of them.
pub struct Key {
    pub name: &'static str,
    pub label: &'static str,
    pub der: Vec<u8>,
    pub private: Vec<u8>,
}

const RSA: &[u8] = &[0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
const ED25519: &[u8] = &[0x30, 5, 6, 3, 0x2b, 0x65, 0x70];
const P256: &[u8] =
    &[0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const PBES2: &[u8] = &[0x30, 0x12, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0d, 0x30, 5, 6, 3, 0x2b, 0x65, 1];
const DATA: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];

fn rsa(dice: &mut Dice, size: usize) -> (Vec<u8>, Vec<u8>) {
    let modulus = integer(dice, size);
    let private: Vec<Vec<u8>> =
        [size, size / 2, size / 2, size / 2, size / 2, size / 2].map(|size| integer(dice, size)).into();
    let parts: Vec<&[u8]> = private.iter().map(Vec::as_slice).collect();
    let exponent = [2, 3, 1, 0, 1];
    let mut all: Vec<&[u8]> = vec![&[2, 1, 0], &modulus, &exponent];
    all.extend(&parts);
    (sequence(&all), private.concat())
}

fn ec(dice: &mut Dice, size: usize) -> (Vec<u8>, Vec<u8>) {
    let private = dice.bytes(size);
    let point = dice.bytes(2 * size + 1);
    let der = sequence(&[&[2, 1, 1], &element(4, &[&private]), &element(0xa1, &[&element(3, &[&[0], &point])])]);
    (der, private)
}

/// One key of each kind, for the test of this name.
pub fn keys(test: &str) -> Vec<Key> {
    let dice = &mut Dice::of(test);
    let mut keys = Vec::new();
    let mut key = |name, label, (der, private): (Vec<u8>, Vec<u8>)| keys.push(Key { name, label, der, private });
    for size in [128, 256, 512] {
        key("PKCS#1", "RSA PRIVATE KEY", rsa(dice, size));
    }
    let wrapped = |algorithm: &[u8], (der, private): (Vec<u8>, Vec<u8>)| {
        (sequence(&[&[2, 1, 0], algorithm, &element(4, &[&der])]), private)
    };
    key("PKCS#8 RSA", "PRIVATE KEY", wrapped(RSA, rsa(dice, 256)));
    for size in [32, 48, 66] {
        key("SEC 1", "EC PRIVATE KEY", ec(dice, size));
        key("PKCS#8 EC", "PRIVATE KEY", wrapped(P256, ec(dice, size)));
    }
    let seed = dice.bytes(32);
    key("PKCS#8 Ed25519", "PRIVATE KEY", wrapped(ED25519, (element(4, &[&seed]), seed)));
    let dsa: Vec<Vec<u8>> = [256, 32, 256, 256, 32].map(|size| integer(dice, size)).into();
    let mut parts: Vec<&[u8]> = vec![&[2, 1, 0]];
    parts.extend(dsa.iter().map(Vec::as_slice));
    key("DSA", "DSA PRIVATE KEY", (sequence(&parts), dsa[4].clone()));
    let octets = dice.bytes(1200);
    key("encrypted", "ENCRYPTED PRIVATE KEY", (sequence(&[PBES2, &element(4, &[&octets])]), octets));
    let safe = dice.bytes(1500);
    let content = sequence(&[DATA, &element(0xa0, &[&element(4, &[&safe])])]);
    key("PKCS#12", "PKCS12", (sequence(&[&[2, 1, 3], &content]), safe));
    let body = dice.bytes(400);
    key("OpenSSH", "OPENSSH PRIVATE KEY", ([b"openssh-key-v1\0\0\0\0\x04none".as_slice(), &body].concat(), body));
    keys
}

/// PEM with lines of a given width, each ended by `end`.
pub fn pem(key: &Key, width: usize, end: &str) -> String {
    let base64 = STANDARD.encode(&key.der);
    let lines: Vec<&str> = base64.as_bytes().chunks(width).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN {0}-----{end}{1}{end}-----END {0}-----{end}", key.label, lines.join(end))
}

/// Every piece of eight characters of the private bytes, in base64 at each alignment, in base64 for addresses, and in hex.
pub fn pieces(private: &[u8]) -> std::collections::HashSet<String> {
    let mut pieces = std::collections::HashSet::new();
    let mut take =
        |text: &str| pieces.extend(text.as_bytes().windows(8).filter_map(|it| String::from_utf8(it.to_vec()).ok()));
    for skip in 0..3 {
        // Characters with bits of other bytes would not prove anything.
        let whole = &private[skip..];
        let whole = &whole[..whole.len() - whole.len() % 3];
        let digits = STANDARD.encode(whole);
        // The pieces also include base64 in base64.
        (0..3).for_each(|skip| take(&STANDARD.encode(&digits[skip..digits.len() - (digits.len() - skip) % 3])));
        take(&digits);
        take(&URL_SAFE_NO_PAD.encode(whole));
    }
    let hex: String = private.iter().map(|byte| format!("{byte:02x}")).collect();
    take(&hex);
    take(&hex.to_uppercase());
    // The bytes one by one, unsigned and signed as in Java, without separators. A few digits prove little, so that only
    // a long run of them is a piece.
    let mut take =
        |text: &str| pieces.extend(text.as_bytes().windows(20).filter_map(|it| String::from_utf8(it.to_vec()).ok()));
    take(&private.iter().map(u8::to_string).collect::<String>());
    take(&private.iter().map(|byte| byte.cast_signed().to_string()).collect::<String>());
    pieces
}

/// The first piece of a key that is in a text, whatever is between its characters.
pub fn leak(text: &str, pieces: &std::collections::HashSet<String>) -> Option<String> {
    let squeezed: Vec<u8> =
        text.bytes().filter(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte)).collect();
    let all = squeezed.windows(8).chain(text.as_bytes().windows(8)).chain(squeezed.windows(20));
    all.filter_map(|window| std::str::from_utf8(window).ok()).find(|window| pieces.contains(*window)).map(str::to_owned)
}
