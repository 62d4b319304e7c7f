//! Input of any size: it is read in linear time, and too much input is reported as such.

use crate::doubling::check;
use crate::made::{CN, Made, armor, rdn, sequence, tlv};
use jitp::Template;
use jitp::certificate::{Entry, NonCertificate, pem, read_certificates};

#[test]
fn a_text_of_two_hundred_megabytes_is_an_answer() {
    for piece in
        ["A", "MIIB\n", "-----BEGIN CERTIFICATE-----\n", "-", "\\n", "-----BEGIN X-----\nAAAA\n-----END X-----\n"]
    {
        let text = piece.repeat((200 << 20) / piece.len());
        let read = read_certificates(text.as_bytes(), None);
        assert_eq!(read.len(), 1, "{piece:?}");
        let error = read[0].error.as_deref().expect("a reason");
        assert!(error.contains("200 MB") && error.contains("at most 64 MB"), "{error}");
    }
}

#[test]
fn blocks_without_number_are_cut_off_with_a_word() {
    let text = "-----BEGIN X-----".repeat(300_000);
    let entries: Vec<Entry<'_>> = pem::find(text.as_bytes()).collect();
    assert_eq!(entries.len(), 200_001);
    let Some(Entry::Other { kind: NonCertificate::UnknownBlock, reason, .. }) = entries.last() else {
        panic!("a reason")
    };
    assert!(reason.contains("more than 200000 blocks"), "{reason}");
}

/// Inputs that grow with a number, and how each is read.
#[test]
fn twice_as_much_takes_twice_as_long() {
    let certificate = armor("CERTIFICATE", &Made::default().der(), 64, "\n");
    let read: fn(&[u8]) = |input| assert!(!read_certificates(input, None).is_empty());
    let plan: fn(&[u8]) = |input| {
        let template = Template::new(
            r#"{"Parameters": {"AWS::IoT::Certificate::OrganizationalUnit": {"Type": "String"}}, "Resources": {}}"#,
        );
        assert!(!template.dry_run(input, &jitp::DryRunOptions::default()).diagnostics.is_empty());
    };
    let chains: fn(&[u8]) = |input| assert!(!jitp::authority::chains(input, &[], None).certificates.is_empty());
    let name = |count: usize, multi: bool| {
        let attribute = |number: usize| {
            let value = format!("unit {number}");
            sequence(&[tlv(6, CN), tlv(0x14, value.as_bytes())])
        };
        let attributes: Vec<Vec<u8>> = (0..count).rev().map(attribute).collect();
        let subject = match multi {
            true => vec![tlv(0x31, &attributes.concat())],
            false => (0..count).map(|number| rdn(&[0x55, 4, 11], 0x14, format!("unit {number}").as_bytes())).collect(),
        };
        Made { issuer: subject.clone(), subject, ..Made::default() }.der()
    };
    let pkcs7 = |count: usize| {
        let oid = |last| tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);
        let all = Made::default().der().repeat(count);
        let content = [tlv(2, &[1]), tlv(0x31, &[]), sequence(&[oid(1)]), tlv(0xa0, &all), tlv(0x31, &[])];
        sequence(&[oid(2), tlv(0xa0, &sequence(&content))])
    };
    /// A description, a bundle that grows with a number, and the function that reads it.
    type Case<'a> = (&'a str, &'a dyn Fn(usize) -> Vec<u8>, fn(&[u8]));
    let cases: [Case<'_>; 12] = [
        ("a bundle", &|count| certificate.repeat(count / 40).into_bytes(), read),
        ("a bundle, chained", &|count| certificate.repeat(count / 40).into_bytes(), chains),
        ("begins without an end", &|count| b"-----BEGIN CERTIFICATE-----\nMIIB".repeat(count), read),
        ("dashes", &|count| b"---- ".repeat(count * 20), read),
        ("a run of dashes", &|count| b"-".repeat(count * 100), read),
        ("other dashes", &|count| "\u{2014}BEGIN CERTIFICATE\u{2014}\nMIIB\n".repeat(count).into_bytes(), read),
        // Few enough for the answer to stay below the size at which each allocation goes to the system.
        ("base64 alone", &|count| b"MIIBAAAA\n\n".repeat(count), read),
        (
            "backslashes in a block",
            &|count| [b"-----BEGIN CERTIFICATE-----".to_vec(), b"\\".repeat(count * 50)].concat(),
            read,
        ),
        ("a bundle in DER", &|count| Made::default().der().repeat(count / 40), read),
        ("PKCS#7", &|count| pkcs7(count / 40), read),
        ("a name of many attributes", &|count| name(count, false), plan),
        ("a set of many attributes", &|count| name(count, true), chains),
    ];
    let failed: Vec<String> =
        cases.iter().filter_map(|(what, make, run)| check(what, &make(4_000), &make(8_000), run)).collect();
    assert!(failed.is_empty(), "{failed:?}");
}
