//! The fixtures compared with OpenSSL's reading of them, and hand-made certificates compared with the standard.

use crate::made::{CN, Made, rdn, sequence, tlv};
use crate::oracle;
use jitp::certificate::{Certificate, CertificateSummary, Entry, NonCertificate, attributes, pem, read_certificates};
use serde_json::{Value, json};
use std::path::PathBuf;

pub fn read(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/certificates").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn ders(bundle: &[u8]) -> Vec<Vec<u8>> {
    pem::find(bundle)
        .filter_map(|entry| match entry {
            Entry::Certificate { der, .. } => Some(der.into_owned()),
            _ => None,
        })
        .collect()
}

pub fn kinds(bundle: &[u8]) -> Vec<Option<NonCertificate>> {
    pem::find(bundle)
        .map(|entry| match entry {
            Entry::Other { kind, .. } => Some(kind),
            _ => None,
        })
        .collect()
}

#[test]
fn everything_as_openssl_says() {
    let expected: Value = serde_json::from_slice(&read("openssl.json")).expect("openssl.json is JSON");
    let expected = expected.as_array().expect("a list");
    for facts in expected {
        let file = facts["file"].as_str().expect("a name");
        let summaries = read_certificates(&read(file), None);
        let [summary] = summaries.as_slice() else { panic!("{file}: one entry, not {}", summaries.len()) };
        let subject: Vec<String> = summary
            .subject
            .iter()
            .flatten()
            .map(|attribute| format!("{}={}", attribute.name, attribute.value))
            .collect();
        let ours = json!({
            "file": file,
            "certificateId": summary.certificate_id,
            "serial": summary.serial_number.as_ref().map(|serial| &serial.hex),
            "subject": subject,
            "notBefore": summary.not_before,
            "notAfter": summary.not_after,
        });
        assert_eq!(&ours, facts);
    }
    println!("{} own certificates equal to what OpenSSL says of them", expected.len());
    assert_eq!(expected.len(), 7);
}

#[test]
fn the_shape_that_javascript_sees() {
    let summaries = read_certificates(&read("p256.pem"), None);
    let shape = serde_json::to_value(&summaries[0]).expect("a summary is JSON");
    let text = String::from_utf8(read("p256.pem")).expect("PEM is text");
    let (id, attribute) = (&shape["certificateId"], |index: usize| shape["subject"][index].clone());
    assert_eq!(id, "82b179a4f4b4ac26bce7e713f2dd06626ccf8ce19ce1430b30e11fc7bb89fd12");
    assert_eq!(shape["index"], 0);
    assert_eq!(shape["version"], 3);
    assert_eq!(
        shape["serialNumber"],
        json!({"decimal": "166547130067235534397732495401550748757512160518", "hex": "1D2C3B4A59687786A5B4C3D2E1F0010203040506"})
    );
    assert_eq!(
        attribute(0),
        json!({"oid": "2.5.4.6", "name": "C", "value": "DE", "encoding": "PrintableString", "index": 0})
    );
    assert_eq!(
        attribute(4),
        json!({"oid": "2.5.4.11", "name": "OU", "value": "Line 4", "encoding": "UTF8String", "index": 4})
    );
    assert_eq!(shape["issuer"][2]["value"], "Example Device CA");
    assert_eq!(shape["key"], json!({"algorithm": "EC", "bits": 256, "curve": "P-256"}));
    assert_eq!(shape["signatureAlgorithm"], json!({"oid": "1.2.840.10045.4.3.2", "name": "ecdsa-with-SHA256"}));
    assert_eq!(shape["pem"], text);
    assert_eq!(shape["bytes"], ders(text.as_bytes())[0].len());
    assert_eq!(shape.get("error"), None);
    let keys: Vec<&String> = shape.as_object().expect("an object").keys().collect();
    let mut known = [
        "index",
        "kind",
        "certificateId",
        "version",
        "serialNumber",
        "subject",
        "issuer",
        "subjectText",
        "issuerText",
        "notBefore",
        "notAfter",
        "key",
        "signatureAlgorithm",
        "pem",
        "bytes",
        "fingerprints",
        "keyUsage",
        "extendedKeyUsage",
        "basicConstraints",
        "subjectKeyId",
        "authorityKeyId",
        "extensions",
        "diagnostics",
    ];
    known.sort_unstable();
    assert_eq!(keys, known);

    let refused = serde_json::to_value(CertificateSummary::unreadable(3, NonCertificate::PublicKey, "why".to_owned()))
        .expect("JSON");
    assert_eq!(refused, json!({"index": 3, "kind": "public-key", "error": "why"}));
}

#[test]
fn keys() {
    let key =
        |bundle: &[u8]| read_certificates(bundle, None)[0].key.clone().map(|key| (key.algorithm, key.bits, key.curve));
    assert_eq!(key(&read("rsa2048.pem")), Some(("RSA".into(), Some(2048), None)));
    assert_eq!(key(&read("ed25519.pem")), Some(("Ed25519".into(), None, None)));
    let broken = Made { key: sequence(&[]), ..Made::default() };
    assert_eq!(key(&broken.der()), None, "a key that cannot be read is left out, the rest stays");
    let unknown = Made { key: sequence(&[sequence(&[tlv(6, &[0x88, 0x37, 9])])]), ..Made::default() };
    assert_eq!(key(&unknown.der()), Some(("2.999.9".into(), None, None)));
}

#[test]
fn lean_and_full_reading_agree() {
    let mut compared = 0;
    for file in ["p256.pem", "rsa2048.pem", "bmp.pem", "t61.pem", "multi.pem", "trusted.pem"] {
        for der in ders(&read(file)) {
            assert!(oracle::agree(&der, file), "{file}: x509-cert does not read it");
            compared += 1;
        }
    }
    assert!(oracle::agree(&Made::default().der(), "hand-made"));
    println!("{} certificates read alike by the lean path and by x509-cert", compared + 1);
    assert_eq!(compared, 6);
}

#[test]
fn an_entry_that_is_not_a_certificate_says_its_kind() {
    let expected = [
        NonCertificate::CertificateRequest,
        NonCertificate::RevocationList,
        NonCertificate::PublicKey,
        NonCertificate::Parameters,
    ];
    let found = kinds(&read("others.pem"));
    // A bundle gives its certificate.
    assert_eq!(found[2], None);
    assert_eq!([&found[..2], &found[3..]].concat(), expected.map(Some));
    // The same in the wrong armor, and as DER, is recognised by its shape.
    let text = String::from_utf8(read("others.pem")).expect("PEM is text");
    let blocks: Vec<&str> = text.split_inclusive("-----\n").collect();
    for (pair, expected) in [&blocks[..4], &blocks[6..]].concat().chunks(2).zip(&expected[..3]) {
        let body = pair[1].split("-----END").next().expect("a body");
        let wrong = format!("-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n");
        let der = ders(wrong.as_bytes()).remove(0);
        assert_eq!(Certificate::parse(&der).expect_err("no certificate").kind(), Some(*expected));
        assert_eq!(kinds(&der), [Some(*expected)]);
    }
}

#[test]
fn every_string_type() {
    let value = |tag: u8, octets: &[u8]| {
        let der = Made { subject: vec![rdn(CN, tag, octets)], ..Made::default() }.der();
        let certificate = Certificate::parse(&der).expect("a certificate");
        let attribute = certificate.subject().next().expect("an attribute");
        (attribute.encoding_name().into_owned(), attribute.value.into_owned())
    };
    let is = |tag, octets: &[u8], name: &str, text: &str| {
        assert_eq!(value(tag, octets), (name.to_owned(), text.to_owned()));
    };
    is(0x0c, "Zürich".as_bytes(), "UTF8String", "Zürich");
    is(0x0c, b"Z\xfcrich", "UTF8String", "Z\u{fffd}rich");
    is(0x0c, b"", "UTF8String", "");
    is(0x12, b"42", "NumericString", "42");
    is(0x13, b"a b", "PrintableString", "a b");
    is(0x14, b"Z\xfcrich", "TeletexString", "Zürich");
    // OpenSSL reads it so: only a UTF8String holds UTF-8.
    is(0x14, "Zürich".as_bytes(), "TeletexString", "Z\u{c3}\u{bc}rich");
    is(0x13, b"Z\xfcrich", "PrintableString", "Zürich");
    is(0x13, "Zürich".as_bytes(), "PrintableString", "Z\u{c3}\u{bc}rich");
    is(0x16, b"\x80\xff", "IA5String", "\u{80}\u{ff}");
    is(0x16, b"a@b", "IA5String", "a@b");
    is(0x1a, b"v", "VisibleString", "v");
    is(0x1e, b"\x00Z\x00\xfc\x26\x02\xd8\x3d\xde\x00", "BMPString", "Zü☂😀");
    is(0x1e, b"\xd8\x3d\x00Z", "BMPString", "\u{fffd}Z");
    is(0x1e, b"\x00Z\x00", "BMPString", "#1e03005a00");
    is(0x1c, b"\x00\x00\x00Z\x00\x01\xf6\x00", "UniversalString", "Z😀");
    is(0x03, b"\x00\xab", "BIT STRING", "#030200ab");
    is(0x9f & 0x9e, b"\x01", "tag 0x9e", "#9e0101");
}

#[test]
fn positions_count_over_multi_valued_names() {
    let der = ders(&read("multi.pem")).remove(0);
    let certificate = Certificate::parse(&der).expect("a certificate");
    let places: Vec<_> = certificate.subject().map(|a| (a.name(), a.index, a.rdn)).collect();
    let expected = [("C", 0, 0), ("CN", 1, 1), ("UID", 2, 1), ("DC", 3, 2)];
    assert_eq!(places, expected.map(|(name, index, rdn)| (name.to_owned(), index, rdn)));
    // An empty relative distinguished name holds a place, but no attribute.
    let subject = vec![tlv(0x31, &[]), rdn(CN, 0x0c, b"x")];
    let der = Made { subject, ..Made::default() }.der();
    let certificate = Certificate::parse(&der).expect("a certificate");
    assert_eq!(certificate.subject().map(|a| (a.index, a.rdn)).collect::<Vec<_>>(), [(0, 1)]);
    assert_eq!(attributes::Attributes::new(b"no name").count(), 0);
}

#[test]
fn odd_serial_numbers_and_dates() {
    let read = |made: Made<'_>| read_certificates(&made.der(), None).remove(0);
    for (octets, decimal) in [(&[0][..], "0"), (&[0xff], "-1"), (&[0, 0xff], "255"), (&[], "0")] {
        let serial = read(Made { serial: octets, ..Made::default() }).serial_number;
        assert_eq!(serial.map(|serial| serial.decimal).as_deref(), Some(decimal));
    }
    let long = read(Made { serial: &[0x11; 300], ..Made::default() }).serial_number;
    assert_eq!(long.map(|serial| serial.decimal.len()), Some(722));
    let absurd = read(Made { serial: &[0x11; 5000], ..Made::default() });
    assert_eq!(absurd.error.as_deref().map(|error| error.contains("5000 bytes long")), Some(true));

    let early = read(Made { not_before: tlv(0x17, b"6001010000Z"), ..Made::default() });
    assert_eq!(early.not_before.as_deref(), Some("1960-01-01T00:00:00Z"));
    let none = read(Made { not_before: tlv(0x17, b"yesterday"), ..Made::default() });
    assert_eq!((none.not_before, none.not_after.as_deref()), (None, Some("2099-12-31T23:59:59Z")));
    assert!(none.certificate_id.is_some(), "a date that cannot be read is left out, the rest stays");
}

#[test]
fn errors_name_the_expected_element_and_the_place() {
    let der = ders(&read("p256.pem")).remove(0);
    let message = |der: &[u8]| Certificate::parse(der).map(|_| ()).expect_err("damaged").to_string();
    assert_eq!(
        message(&der[..400]),
        "This is not a readable X.509 certificate: expected the certificate (a SEQUENCE) at byte 0, which should be \
         569 bytes long, but only 396 are left: it is cut off or damaged."
    );
    assert_eq!(
        message(&[]),
        "This is not a readable X.509 certificate: expected the certificate (a SEQUENCE) at byte 0, but there is nothing."
    );
    let mut extra = der.clone();
    extra.push(0);
    assert_eq!(
        message(&extra),
        "This is not a readable X.509 certificate: expected the end of the certificate at byte 573, found 1 more byte there."
    );
    let made = Made { subject: vec![tlv(0x30, &[])], ..Made::default() }.der();
    let offset = Certificate::parse(&made).expect_err("damaged").offset();
    assert_eq!(made[offset..offset + 2], [0x30, 0]);
    assert!(
        message(&made).contains(&format!("a relative distinguished name (a SET) at byte {offset}, found the tag 0x30"))
    );
    assert!(message(&[0x30, 0x80, 0, 0]).contains("indefinite length"));
    assert!(message(&[0x30, 0x85, 0, 0, 0, 0, 0]).contains("its length cannot be read"));
    assert!(message(&[0x1f, 0x80, 0]).contains("found the tag 0x1f"));
}
