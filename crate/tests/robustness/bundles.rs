//! Bundles of certificates with anything in them.

use super::support::dice::cases;
use super::support::doubling::check;
use super::support::{certificate, options, root};
use super::{Dice, thing_named};
use jitp::{Template, dry_run, read_certificates};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>()) {
        assert!(!read_certificates(&bytes, None).is_empty());
        let mut der = std::fs::read(root().join("tests/fixtures/certificates/full.der")).expect("a certificate");
        let from = at.index(der.len());
        for (place, byte) in der[from..].iter_mut().zip(&bytes) {
            *place ^= byte;
        }
        let plan = dry_run(thing_named("\"x\""), &der, &options());
        assert_eq!(plan.certificate.certificate_id.is_some(), plan.certificate.error.is_none());
        assert_eq!(plan.steps.len(), 6);
    }
}

#[test]
fn certificates_cut_off_and_damaged_at_every_byte() {
    let folder = root().join("tests/fixtures/certificates");
    let der = std::fs::read(folder.join("full.der")).expect("a certificate");
    let pem = certificate("full");
    for bytes in [&der, &pem] {
        for at in 0..bytes.len() {
            assert!(!read_certificates(&bytes[..at], None).is_empty());
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                let read = read_certificates(&damaged, None);
                assert!(read.iter().all(|entry| entry.certificate_id.is_some() != entry.error.is_some()), "byte {at}");
            }
        }
    }
}

/// Base64 without a meaning, instead of a key.
fn noise(dice: &mut Dice, lines: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut line = || (0..64).map(|_| char::from(DIGITS[dice.roll(64)])).collect::<String>();
    (0..lines).map(|_| line() + "\n").collect()
}

#[test]
fn bundles_with_junk_keep_their_certificates_and_no_key() {
    let mut dice = Dice::seeded(0x5851_f42d_4c95_7f2d);
    let pem = String::from_utf8(certificate("full")).expect("a text");
    let id = read_certificates(pem.as_bytes(), None)[0].certificate_id.clone();
    let template = Template::new(thing_named("\"x\""));
    let labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"];
    for label in labels {
        let secret = noise(&mut dice, 20);
        // Whole, without its end, closed by another label, on one line, with escapes, with too few dashes.
        for key in [
            format!("-----BEGIN {label}-----\n{secret}-----END {label}-----\n"),
            format!("-----BEGIN {label}-----\r\n{secret}"),
            format!("-----BEGIN {label}-----\n{secret}-----END CERTIFICATE-----\n"),
            format!("-----BEGIN CERTIFICATE-----\n{secret}-----END {label}-----\n"),
            format!("-----BEGIN CERTIFICATE-----\n{secret}-----END CERTIFICATE-----\n"),
            format!("-----BEGIN {label}-----{}-----END {label}-----", secret.replace('\n', " ")),
            format!("-----BEGIN {label}-----\\n{}-----END {label}-----\\n", secret.replace('\n', "\\n")),
            format!("---BEGIN {label}---\n{secret}---END {label}---\n"),
            secret.clone(),
        ] {
            for bundle in
                [key.clone(), format!("{key}{pem}"), format!("{pem}{key}"), format!("junk{key}-----\n{pem}\u{0}")]
            {
                let read = read_certificates(bundle.as_bytes(), None);
                assert_eq!(bundle.contains(&pem), read.iter().any(|entry| entry.certificate_id == id), "{bundle}");
                let plan = template.dry_run(bundle.as_bytes(), &options());
                let fleet = template.dry_run_fleet(bundle.as_bytes(), &options());
                let answers = serde_json::to_string(&(&read, &plan, &fleet)).expect("JSON");
                let told = secret.lines().any(|line| {
                    line.as_bytes()
                        .windows(10)
                        .any(|window| answers.contains(std::str::from_utf8(window).expect("ASCII")))
                });
                assert!(!told, "{answers}");
            }
        }
    }
}

#[test]
fn long_bundles_take_time_in_proportion() {
    let pem = String::from_utf8(certificate("common-name")).expect("a text");
    let der = std::fs::read(root().join("tests/fixtures/certificates/full.der")).expect("a certificate");
    let template = Template::new(thing_named("\"x\""));
    let context = |bundle: &[u8]| {
        let read = read_certificates(bundle, None);
        assert_eq!(template.dry_run_fleet(bundle, &options()).rows.len(), read.len());
        assert_eq!(template.dry_run(bundle, &options()).steps.len(), 6);
    };
    let read = |bundle: &[u8]| assert!(!read_certificates(bundle, None).is_empty());
    // Few enough for the answers to stay below the size at which each allocation goes to the system.
    /// A description of the bundle, its beginning, the repeated piece, how often at first, and its end.
    type Case<'a> = (&'a str, &'a str, &'a str, usize, &'a str);
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----\n";
    const END: &str = "-----END CERTIFICATE-----\n";
    let cases: [Case<'_>; 8] = [
        ("many certificates", "", &pem, 300, ""),
        ("beginnings without end", "", BEGIN, 6_000, ""),
        ("ends without beginning", "", END, 6_000, ""),
        ("dashes", "", "-", 400_000, ""),
        ("runs of dashes", "-----BEGIN X-----", "----- ", 40_000, ""),
        ("one block without base64", BEGIN, "\\", 400_000, END),
        ("headers", BEGIN, "a: b\n", 80_000, END),
        ("spaces", "", " ", 400_000, ""),
    ];
    for (what, begin, piece, count, end) in cases {
        let bundle = |count: usize| format!("{begin}{}{end}", piece.repeat(count)).into_bytes();
        assert_eq!(check(what, &bundle(count), &bundle(count * 2), &context), None);
    }
    for (what, piece, count) in [
        ("certificates in DER, one after the other", &der[..], 300),
        ("a SEQUENCE in a SEQUENCE", &[0x30, 0x84, 0, 0, 0, 0], 60_000),
        ("empty SEQUENCEs", &[0x30, 0x00], 120_000),
    ] {
        assert_eq!(check(what, &piece.repeat(count), &piece.repeat(count * 2), &read), None);
    }
}
