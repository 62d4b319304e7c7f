//! The lean path held to `x509-cert`: wherever that decodes a certificate, both must say the same.

use jitp::certificate::Certificate;
use std::time::Duration;
use x509_cert::der::{Decode, Encode};

/// Compares both readings. `true` where `x509-cert` has one.
pub fn agree(der: &[u8], what: &str) -> bool {
    let Ok(full) = x509_cert::Certificate::from_der(der) else { return false };
    let lean = Certificate::parse(der).unwrap_or_else(|error| panic!("{what}: x509-cert reads it, but we: {error}"));
    let tbs = full.tbs_certificate();
    let encoded = |value: x509_cert::der::Result<Vec<u8>>| value.expect("what was decoded can be encoded");
    assert_eq!(lean.version(), tbs.version() as u32 + 1, "{what}: version");
    assert_eq!(minimal(lean.serial()), minimal(tbs.serial_number().as_bytes()), "{what}: serial number");
    assert_eq!(lean.subject_der(), encoded(tbs.subject().to_der()), "{what}: subject");
    assert_eq!(lean.issuer_der(), encoded(tbs.issuer().to_der()), "{what}: issuer");
    assert_eq!(lean.public_key_der(), encoded(tbs.subject_public_key_info().to_der()), "{what}: public key");
    assert_eq!(lean.signature_algorithm(), full.signature_algorithm().oid.as_bytes(), "{what}: signature algorithm");
    let seconds = |moment: Option<i64>| moment.map(|seconds| u64::try_from(seconds).expect("x509-cert starts at 1970"));
    let since_1970 = |time: x509_cert::time::Time| Some(time.to_unix_duration()).as_ref().map(Duration::as_secs);
    assert_eq!(seconds(lean.not_before()), since_1970(tbs.validity().not_before), "{what}: notBefore");
    assert_eq!(seconds(lean.not_after()), since_1970(tbs.validity().not_after), "{what}: notAfter");
    let attributes: Vec<(usize, String, Vec<u8>)> = tbs
        .subject()
        .iter_rdn()
        .enumerate()
        .flat_map(|(rdn, set)| {
            set.iter().map(move |attribute| (rdn, attribute.oid.to_string(), attribute.value.value().to_vec()))
        })
        .collect();
    let ours: Vec<_> = lean.subject().collect();
    assert_eq!(ours.len(), attributes.len(), "{what}: number of attributes");
    for (index, (ours, (rdn, oid, value))) in ours.iter().zip(&attributes).enumerate() {
        assert_eq!((ours.index, ours.rdn, &ours.dotted()), (index, *rdn, oid), "{what}: attribute {index}");
        // Only these types hold their text as the octets stand there.
        if matches!(ours.tag, 0x0c | 0x13 | 0x16) && value.is_ascii() {
            assert_eq!(ours.value.as_bytes(), value, "{what}: value of attribute {index}");
        }
    }
    true
}

/// `x509-cert` may drop the leading zero of a positive INTEGER.
fn minimal(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    &octets[zeros.min(octets.len().saturating_sub(1))..]
}
