//! Random inputs: reading always ends with an answer, and the lean path never differs from the full one.

use crate::dice::cases;
use crate::fixtures::{ders, read};
use crate::oracle;
use jitp::Signature;
use jitp::authority::{RegistrationOptions, chains, check_issuer, check_registration};
use jitp::certificate::{Certificate, pem, read_certificates};
use proptest::prelude::*;

/// Reads everything that can be read; a panic anywhere fails the test.
fn exhaust(input: &[u8]) {
    let summaries = read_certificates(input, None);
    assert!(!summaries.is_empty());
    for (index, summary) in summaries.iter().enumerate() {
        assert_eq!(summary.index, index);
        assert_ne!(summary.error.is_some(), summary.certificate_id.is_some(), "a certificate or a reason");
        if let Some(pem) = &summary.pem {
            let again = read_certificates(pem.as_bytes(), None);
            assert_eq!(again.len(), 1);
            assert_eq!(again[0].certificate_id, summary.certificate_id, "the canonical PEM is the same certificate");
        }
    }
    if let Ok(certificate) = Certificate::parse(input) {
        assert_eq!(certificate.der(), input);
    }
    together(input);
}

/// Checks the certificates together, without verified signatures.
fn together(input: &[u8]) {
    let found = chains(input, &[], Some(0));
    for link in &found.links {
        assert_ne!(link.signature, Signature::Verified, "nobody has verified it");
        assert!(link.reason.ends_with('.'), "{}", link.reason);
    }
    for device in &found.devices {
        assert_eq!((device.path.as_slice(), device.complete), (&[device.index][..], false));
    }
    let check = check_issuer(input, input, &[], Some(0));
    assert!(check.signature != Signature::Verified && check.reason.ends_with('.'), "{}", check.reason);
    let registration = check_registration(input, input, &[], &RegistrationOptions::default());
    assert_eq!(registration.ca.error.is_some(), registration.ca.certificate_id.is_none());
}

#[derive(Debug, Clone)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Truncate(prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Splice(prop::sample::Index, prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<prop::sample::Index>(), 1_u8..).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => any::<prop::sample::Index>().prop_map(Damage::Truncate),
        1 => (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..6))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (any::<prop::sample::Index>(), 1_usize..6).prop_map(|(at, count)| Damage::Remove(at, count)),
        1 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(a, b)| Damage::Splice(a, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage, other: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    match damage {
        Damage::Flip(at, bits) => *at.get_mut(bytes) ^= bits,
        Damage::Truncate(at) => bytes.truncate(at.index(bytes.len())),
        Damage::Insert(at, more) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, more.iter().copied());
        }
        Damage::Remove(at, count) => {
            let at = at.index(bytes.len());
            let end = bytes.len().min(at + count);
            bytes.drain(at..end);
        }
        Damage::Splice(at, from) => {
            let at = at.index(bytes.len());
            bytes.truncate(at);
            bytes.extend(&other[from.index(other.len())..]);
        }
    }
}

fn fixture() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["p256.pem", "rsa2048.pem", "ed25519.pem", "bmp.pem", "multi.pem", "trusted.pem"])
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        exhaust(&bytes);
    }

    #[test]
    fn bytes_that_begin_like_der(mut bytes in prop::collection::vec(any::<u8>(), 0..120), length in 0_u8..130) {
        bytes.splice(0..0, [0x30, length]);
        exhaust(&bytes);
    }

    #[test]
    fn pieces_of_armor(pieces in prop::collection::vec(prop::sample::select(vec![
        "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "-----BEGIN PRIVATE KEY-----", "-----BEGIN ",
        "-----END ", "-----", "-", "\n", "\r\n", "\\", "\\n", "\"", "'", "MIIB", "A", "=", ":", "\u{feff}", "\u{a0}", "0",
    ]), 0..40)) {
        exhaust(pieces.concat().as_bytes());
    }

    #[test]
    fn damaged_pem(file in fixture(), damages in prop::collection::vec(damage(), 1..4)) {
        let mut bytes = read(file);
        let other = read("p256.pem");
        damages.iter().for_each(|damage| apply(&mut bytes, damage, &other));
        exhaust(&bytes);
    }

    #[test]
    fn damaged_der(file in fixture(), damages in prop::collection::vec(damage(), 1..3)) {
        let mut der = ders(&read(file)).remove(0);
        let other = ders(&read("p256.pem")).remove(0);
        damages.iter().for_each(|damage| apply(&mut der, damage, &other));
        exhaust(&der);
        exhaust(pem::encode(&der).as_bytes());
        oracle::agree(&der, file);
    }
}
