//! All findings for ten odd certificates, as reviewed.

use crate::fixtures::{ders, read};
use crate::made::{CN, Made, rdn, tlv};
use jitp::certificate::{pem, read_certificates};

/// 2026-11-23T12:00:00Z.
const NOW: i64 = 1_795_435_200;

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../tests/fixtures/certificates/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let pem = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    ders(&pem).remove(0)
}

fn own(name: &str) -> Vec<u8> {
    ders(&read(name)).remove(0)
}

#[test]
fn ten_odd_ones() {
    let odd = [
        ("dn-qualifier", fixture("full")),
        ("several-units", fixture("two-units")),
        ("bmp-string", own("bmp.pem")),
        ("multi-valued", own("multi.pem")),
        ("empty-subject", Made { subject: Vec::new(), ..Made::default() }.der()),
        ("negative-serial", Made { serial: &[0xff, 0x38], ..Made::default() }.der()),
        ("ed25519", own("ed25519.pem")),
        ("rsa-1024", fixture("rsa1024")),
        ("expired", fixture("expired")),
        ("version-1", fixture("version-1")),
        // Beyond the ten: what encoders get wrong most often.
        (
            "odd-strings-and-dates",
            Made {
                serial: &[0, 0, 7],
                subject: vec![
                    rdn(CN, 0x13, b"sensor_0042@hall"),
                    rdn(&[0x55, 4, 6], 0x0c, b"DE"),
                    rdn(CN, 0x14, b"T\xfcr"),
                ],
                not_before: tlv(0x17, b"2601010000Z"),
                ..Made::default()
            }
            .der(),
        ),
    ];
    for (name, der) in odd {
        let [mut summary] =
            <[_; 1]>::try_from(read_certificates(pem::encode(&der).as_bytes(), Some(NOW))).expect("one");
        summary.pem = None;
        insta::assert_json_snapshot!(name, summary);
    }
}
