//! Compares the lean path with `x509-cert`: if that decodes a certificate, both must agree.

use jitp::certificate::Certificate;
use jitp::certificate::extension::{Extensions, extensions as all};
use std::time::Duration;
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName, SubjectKeyIdentifier,
};

/// Compares both readings. `true` if `x509-cert` has one.
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
        // Only these types have octets that are the text itself.
        if matches!(ours.tag, 0x0c | 0x13 | 0x16) && value.is_ascii() {
            assert_eq!(ours.value.as_bytes(), value, "{what}: value of attribute {index}");
        }
    }
    extensions(&lean, tbs, what);
    true
}

/// Compares the extensions that `x509-cert` decodes.
fn extensions(lean: &Certificate<'_>, tbs: &x509_cert::TbsCertificate, what: &str) {
    let ours = Extensions::read(lean.extensions_der());
    assert_eq!(
        all(lean.extensions_der().unwrap_or_default()).count(),
        tbs.extensions().map_or(0, Vec::len),
        "{what}: number of extensions"
    );
    if let Ok(Some((_, theirs))) = tbs.get_extension::<BasicConstraints>() {
        let read = ours.basic_constraints.map(|read| (read.ca, read.path_length));
        assert_eq!(read, Some((theirs.ca, theirs.path_len_constraint.map(u32::from))), "{what}: basicConstraints");
    }
    if let Ok(Some((_, theirs))) = tbs.get_extension::<KeyUsage>() {
        let count = Some(theirs.0.into_iter().count());
        assert_eq!(ours.key_usage.map(|usages| usages.len()), count, "{what}: keyUsage {:x?}", lean.extensions_der());
    }
    if let Ok(Some((_, theirs))) = tbs.get_extension::<ExtendedKeyUsage>() {
        let theirs: Vec<String> = theirs.0.iter().map(ToString::to_string).collect();
        let read = ours.extended_key_usage.map(|purposes| purposes.into_iter().map(|purpose| purpose.oid).collect());
        assert_eq!(read, Some(theirs), "{what}: extendedKeyUsage");
    }
    if let Ok(Some((_, theirs))) = tbs.get_extension::<SubjectKeyIdentifier>() {
        assert_eq!(ours.subject_key_id.as_deref(), Some(theirs.0.as_bytes()), "{what}: subjectKeyIdentifier");
    }
    if let Ok(Some((_, theirs))) = tbs.get_extension::<AuthorityKeyIdentifier>() {
        let theirs = theirs.key_identifier.as_ref().map(|id| id.as_bytes());
        assert_eq!(ours.authority_key_id.as_deref(), theirs, "{what}: authorityKeyIdentifier");
    }
    if let Ok(Some((_, theirs))) = tbs.get_extension::<SubjectAltName>() {
        let read = ours.alternative_names.unwrap_or_default();
        assert_eq!(read.len(), theirs.0.len(), "{what}: subjectAltName");
        for (ours, theirs) in read.iter().zip(&theirs.0) {
            match theirs {
                GeneralName::DnsName(name) => assert_eq!((ours.kind, &*ours.value), ("dns", name.as_str()), "{what}"),
                GeneralName::Rfc822Name(name) => {
                    assert_eq!((ours.kind, &*ours.value), ("email", name.as_str()), "{what}")
                }
                GeneralName::UniformResourceIdentifier(name) => {
                    assert_eq!((ours.kind, &*ours.value), ("uri", name.as_str()), "{what}");
                }
                GeneralName::RegisteredId(id) => assert_eq!(ours.value, id.to_string(), "{what}"),
                _ => {}
            }
        }
    }
}

/// `x509-cert` may drop the leading zero of a positive INTEGER.
fn minimal(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    &octets[zeros.min(octets.len().saturating_sub(1))..]
}
