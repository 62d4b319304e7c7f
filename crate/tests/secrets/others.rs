//! Files of keys that are not DER in armor: the formats of several programs, and keys as members of an object.

use crate::dice::Dice;
use crate::forms::{hex, json, wrapped};
use crate::made::{keys, pieces};
use crate::places::{assert_gone, places};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jitp::redact_private_keys;

/// Files with these octets as their private part, or the first of them; each with its name.
pub fn files(octets: &[u8]) -> Vec<(&'static str, String)> {
    let base64 = STANDARD.encode(octets);
    let lines = wrapped(&base64, 64, "\n");
    let number = URL_SAFE_NO_PAD.encode(&octets[..256]);
    let short = URL_SAFE_NO_PAD.encode(&octets[..32]);
    let half = URL_SAFE_NO_PAD.encode(&octets[..128]);
    let public = URL_SAFE_NO_PAD.encode([7; 32]);
    let rsa = format!(
        "{{\"kty\":\"RSA\",\"n\":\"{public}\",\"e\":\"AQAB\",\"d\":\"{number}\",\"p\":\"{half}\",\"q\":\"{half}\",\"dp\":\"{half}\",\"dq\":\"{half}\",\
         \"qi\":\"{half}\",\"oth\":[{{\"r\":\"{half}\",\"d\":\"{half}\",\"t\":\"{half}\"}}]}}"
    );
    let ec = format!("{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{public}\",\"y\":\"{public}\",\"d\":\"{short}\"}}");
    let okp = format!("{{\"d\":\"{short}\",\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{public}\"}}");
    let symmetric = format!("{{\"k\":\"{short}\",\"kid\":\"a\",\"kty\":\"oct\"}}");
    let putty = |version: u8, end: &str| {
        format!(
            "PuTTY-User-Key-File-{version}: ssh-rsa\nEncryption: none\nComment: c\nPublic-Lines: 1\nAAAAB3NzaC1yc2EAAAADAQAB\nPrivate-Lines: 9\n{lines}\nPrivate-MAC: 00\n"
        )
        .replace('\n', end)
    };
    let pgp = |headers: &str, end: &str| {
        format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\n{headers}\n{lines}\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----")
            .replace('\n', end)
    };
    let packet = [&[0x95, 0x03, 0x98, 4, 0x5f, 1, 2, 3, 1, 8, 0][..], octets].concat();
    let xml = format!(
        "<RSAKeyValue><Modulus>AQAB</Modulus><D>{}</D><InverseQ>{lines}</InverseQ></RSAKeyValue>",
        STANDARD.encode(&octets[..256])
    );
    let printed = hex(&octets[..256], ":");
    vec![
        ("PuTTY 2", putty(2, "\n")),
        ("PuTTY 3", putty(3, "\n")),
        ("PuTTY, CRLF", putty(3, "\r\n")),
        ("PuTTY, escaped", putty(3, "\\n")),
        ("PuTTY, escaped twice", putty(3, "\\\\r\\\\n")),
        ("PGP", pgp("Version: 1\nComment: c\n", "\n")),
        ("PGP, CRLF", pgp("Version: 1\n", "\r\n")),
        ("PGP, no headers", pgp("", "\n")),
        ("PGP, escaped", pgp("", "\\n")),
        ("PGP, no end", format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\nComment: c\n\n{lines}\n")),
        ("PGP, no armor", STANDARD.encode(packet)),
        ("PGP, in base64", STANDARD.encode(pgp("Version: 1\n", "\n"))),
        (
            "encrypted by OpenSSL",
            format!(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n{lines}\n"
            ),
        ),
        ("JWK, RSA", rsa.clone()),
        ("JWK, EC", ec.clone()),
        ("JWK, OKP", okp.clone()),
        ("JWK, symmetric", symmetric.clone()),
        ("JWK, JSON in JSON", json(&ec, 2)),
        ("JWK, pretty", ec.replace('{', "{\n  ").replace(',', ",\n  ").replace(':', ": ")),
        ("JWK, a set", format!("{{\"keys\": [{ec}, {rsa}, {okp}]}}")),
        ("JWK, of JavaScript", rsa.replace('"', "'").replace('{', "{ ").replace(':', " : ")),
        ("JWK, of YAML", format!("kty: RSA\nd: {number}\np: {half}\n")),
        ("JWK, without quotes", format!("{{ kty: \"oct\", k: \"{short}\" }}")),
        ("JWK, base64", STANDARD.encode(&rsa)),
        ("JWK, base64 in base64", STANDARD.encode(STANDARD.encode(&okp))),
        ("XML of .NET", xml),
        (
            "printed RSA",
            format!(
                "RSA Private-Key: (2048 bit)\nprivateExponent:\n    {}\nprime1:\n    {printed}\nexponent1:\n    {printed}\n",
                wrapped(&printed, 45, "\n    "),
            ),
        ),
        ("printed EC", format!("Private-Key: (256 bit)\npriv:\n    {}\npub:\n    04:00\n", hex(&octets[..32], ":"))),
        ("WireGuard", format!("[Interface]\nPrivateKey = {}\n", STANDARD.encode(&octets[..32]))),
        ("a member in hex", format!("{{\"private_key\": \"{}\"}}", hex(&octets[..32], ""))),
    ]
}

#[test]
fn no_piece_of_other_files_is_left() {
    let octets = Dice::of("files").bytes(700);
    let pieces = pieces(&octets);
    for (form, text) in files(&octets) {
        for (place, whole) in places(&text) {
            assert_gone(&format!("{form} in {place}"), &whole, &pieces);
        }
    }
}

#[test]
fn a_key_under_a_wrong_label_is_one() {
    let key = &keys("label")[1];
    assert_eq!(redact_private_keys("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----").found.len(), 1);
    let text = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(&key.der));
    assert_gone("a certificate", &text, &pieces(&key.private));
}
