//! Many CAs of one name: the one that signed is found at every position, and the search for it takes linear time.
//!
//! Nothing is signed here. The test knows which CA counts as the one that signed, and answers as a verifier would.

use crate::made::{CN, Made, armor, extension, p256, rdn, sequence, tlv};
use jitp::Signature;
use jitp::authority::{Candidate, Prepared, candidates, chains, check_issuer};
use jitp::certificate::CertificateSummary;

/// How the CAs and the device name keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum KeyIds {
    None,
    /// Each CA has a different key identifier, and the device names that of its issuer.
    Fitting,
    /// Each CA has a different key identifier, and the device names one that none of them has.
    Foreign,
    /// All CAs have the same key identifier.
    Shared,
}

fn signature() -> Vec<u8> {
    sequence(&[tlv(2, &[1]), tlv(2, &[1])])
}

fn id(number: usize) -> Vec<u8> {
    [&[7; 12][..], &number.to_be_bytes()].concat()
}

fn ca(number: usize, ids: KeyIds) -> Vec<u8> {
    let mut extensions = vec![extension(19, &sequence(&[tlv(1, &[0xff])]))];
    let own = if ids == KeyIds::Shared { 0 } else { number };
    if ids != KeyIds::None {
        extensions.push(extension(14, &tlv(4, &id(own))));
    }
    let name = vec![rdn(CN, 0x0c, b"CA")];
    let point = [&[4; 57][..], &number.to_be_bytes()].concat();
    Made { subject: name, key: p256(&point), extensions, signature: signature(), ..Made::default() }.der()
}

fn device(number: usize, issuer: usize, ids: KeyIds) -> Vec<u8> {
    let named = match ids {
        KeyIds::None => None,
        KeyIds::Fitting => Some(id(issuer)),
        KeyIds::Foreign => Some(id(usize::MAX)),
        KeyIds::Shared => Some(id(0)),
    };
    let extensions = named.map(|id| extension(35, &sequence(&[tlv(0x80, &id)])));
    let subject = vec![rdn(CN, 0x0c, format!("device-{number}").as_bytes())];
    Made { subject, extensions: extensions.into_iter().collect(), signature: signature(), ..Made::default() }.der()
}

fn bundle(ders: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    ders.into_iter().map(|der| armor("CERTIFICATE", &der, 64, "\n")).collect::<String>().into_bytes()
}

/// Plays the verifier of two bundles, until nothing more is asked. `signed` says whether a pair of positions is one of
/// a certificate and of the CA that counts as its signer.
fn verify(devices: &[u8], authorities: &[u8], signed: impl Fn(&Candidate) -> bool) -> Vec<Signature> {
    let mut verdicts = Vec::new();
    loop {
        let next = candidates(devices, authorities, &verdicts);
        if next.is_empty() {
            return verdicts;
        }
        assert!(next.iter().all(|candidate| matches!(candidate.prepared, Prepared::Check(_))));
        verdicts.extend(next.iter().map(|asked| match signed(asked) {
            true => Signature::Verified,
            false => Signature::NotVerified,
        }));
    }
}

#[test]
fn the_ca_that_signed_is_found_at_every_position() {
    const CAS: usize = 40;
    for ids in [KeyIds::None, KeyIds::Fitting, KeyIds::Foreign, KeyIds::Shared] {
        for signer in [0, 15, 16, 17, CAS - 1] {
            let cas = (0..CAS).map(|number| ca(number, ids));
            let all = bundle([device(0, signer, ids)].into_iter().chain(cas));
            // The CAs signed themselves.
            let signed =
                |asked: &Candidate| asked.issuer == if asked.certificate == 0 { signer + 1 } else { asked.certificate };
            let verdicts = verify(&all, &[], signed);
            let found = chains(&all, &verdicts, None);
            assert_eq!(found.devices[0].path, [0, signer + 1], "{ids:?}, CA {signer}");
            assert!(found.devices[0].complete, "{ids:?}, CA {signer}");
            if ids == KeyIds::Fitting {
                assert_eq!(verdicts.len(), 1 + CAS, "the key identifier leads to the CA at once");
            }
        }
    }
}

#[test]
fn the_ca_in_question_is_tried_whatever_is_before_it() {
    const CAS: usize = 60;
    for ids in [KeyIds::None, KeyIds::Foreign, KeyIds::Shared] {
        let given = bundle([device(0, 0, ids)].into_iter().chain((1..CAS).map(|number| ca(number, ids))));
        let asked = bundle([ca(0, ids)]);
        let signed = verify(&given, &asked, |asked| asked.certificate == 0 && asked.issuer == CAS);
        assert_eq!(signed[0], Signature::Verified, "{ids:?}: it is the first");
        assert_eq!(check_issuer(&given, &asked, &signed, None).signature, Signature::Verified, "{ids:?}");
        let other = verify(&given, &asked, |asked| asked.certificate == 0 && asked.issuer == CAS - 1);
        let check = check_issuer(&given, &asked, &other, None);
        assert_eq!(check.signature, Signature::NotVerified, "{ids:?}");
        assert!(check.diagnostics.iter().any(|found| found.code == "JITP130"), "{ids:?}");
    }
}

#[test]
fn a_search_that_stops_says_so() {
    // Ten thousand pairs without a match are more than are tried.
    let devices = (0..100).map(|number| device(number, 0, KeyIds::None));
    let all = bundle(devices.chain((0..100).map(|number| ca(number, KeyIds::None))));
    let verdicts = verify(&all, &[], |asked| asked.certificate >= 100 && asked.certificate == asked.issuer);
    let found = chains(&all, &verdicts, None);
    let codes: Vec<&str> = found.diagnostics.iter().map(|found| found.code).collect();
    assert!(codes.contains(&"JITP134"), "{codes:?}");
    let stopped = found.diagnostics.iter().find(|found| found.code == "JITP134").expect("it is there");
    assert!(stopped.message.contains("of the 100 keys of CAs with the name CN = CA were tried"), "{}", stopped.message);
    // JITP130 counts only devices that were tried with all keys.
    let tried_by_all = |device: usize| found.links.iter().filter(|link| link.certificate == device).count() == 100;
    let all_tried = (0..100).filter(|device| tried_by_all(*device)).count();
    assert!(all_tried < 100, "the search has a bound");
    for denied in found.diagnostics.iter().filter(|found| found.code == "JITP130") {
        let count = if all_tried == 1 { "the certificate ".to_owned() } else { format!("{all_tried} certificates") };
        assert!(denied.message.contains(&count), "{}", denied.message);
    }
    // Half as many pairs are all tried.
    let devices = (0..40).map(|number| device(number, 0, KeyIds::None));
    let fewer = bundle(devices.chain((0..100).map(|number| ca(number, KeyIds::None))));
    let verdicts = verify(&fewer, &[], |asked| asked.certificate >= 40 && asked.certificate == asked.issuer);
    let codes: Vec<&str> = chains(&fewer, &verdicts, None).diagnostics.iter().map(|found| found.code).collect();
    assert!(codes.contains(&"JITP130") && !codes.contains(&"JITP134"), "{codes:?}");
}

/// How many signatures are verified for some devices and CAs of one name, and how many links result.
fn work(devices: usize, cas: usize, ids: KeyIds, is_signed: bool) -> (usize, usize) {
    let own = (0..devices).map(|number| device(number, cas - 1, ids));
    let all = bundle(own.chain((0..cas).map(|number| ca(number, ids))));
    let last = devices + cas - 1;
    let signed = |asked: &Candidate| match asked.certificate < devices {
        true => is_signed && asked.issuer == last,
        false => asked.issuer == asked.certificate,
    };
    let verdicts = verify(&all, &[], signed);
    let links = chains(&all, &verdicts, None).links.len();
    (verdicts.len(), links)
}

#[test]
fn twice_as_many_cas_take_twice_the_work() {
    for ids in [KeyIds::None, KeyIds::Fitting, KeyIds::Foreign, KeyIds::Shared] {
        for (devices, twice, is_signed) in [(1, 1, true), (1, 1, false), (300, 600, true), (300, 600, false)] {
            let few = work(devices, 300, ids, is_signed);
            let many = work(twice, 600, ids, is_signed);
            for (few, many) in [(few.0, many.0), (few.1, many.1)] {
                let ratio = many as f64 / few as f64;
                assert!(ratio <= 2.5, "{ids:?}, {devices} devices: {few}, then {many}");
            }
        }
        let (verified, _) = work(1, 600, ids, true);
        assert!(verified <= 4 * 601 + 4096, "{ids:?}: {verified}");
    }
}

#[test]
fn one_key_in_many_certificates_is_tried_once() {
    let cas = (0..50).map(|serial: u8| {
        let name = vec![rdn(CN, 0x0c, b"CA")];
        let made = Made { serial: &[serial], subject: name, signature: signature(), ..Made::default() };
        made.der()
    });
    let all = bundle([device(0, 0, KeyIds::None)].into_iter().chain(cas));
    let verdicts = verify(&all, &[], |_| true);
    assert_eq!(verdicts.len(), 51, "each certificate with the one key");
    let found = chains(&all, &verdicts, None);
    assert!(found.links.iter().all(|link| link.signature == Signature::Verified));
    assert!(found.links.iter().filter(|link| link.certificate == 0).count() > 1, "several certificates hold it");
    let summaries: Vec<&CertificateSummary> = found.certificates.iter().collect();
    assert_eq!(summaries.len(), 51);
}
