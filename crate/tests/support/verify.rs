//! Verifies signatures with RustCrypto's crates, as WebCrypto does it in JavaScript.

use jitp::Signature;
use jitp::authority::{Candidate, Prepared, SignatureCheck, candidates};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use p256::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use rsa::{PublicKey, pkcs1v15, pss};
use sha1::Sha1;
use sha2::digest::FixedOutputReset;
use sha2::digest::const_oid::AssociatedOid;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The verdicts of all signatures of two bundles, in the order in which `candidates` names them.
pub fn verdicts(devices: &[u8], authorities: &[u8]) -> Vec<Signature> {
    let mut verdicts = Vec::new();
    loop {
        let next = candidates(devices, authorities, &verdicts);
        if next.is_empty() {
            return verdicts;
        }
        verdicts.extend(next.iter().map(verdict));
    }
}

fn verdict(candidate: &Candidate) -> Signature {
    let Prepared::Check(check) = &candidate.prepared else { return Signature::NotChecked };
    match is_good(check) {
        Some(true) => Signature::Verified,
        Some(false) => Signature::NotVerified,
        None => Signature::NotChecked,
    }
}

/// Whether the signature is good; `None` if the key cannot be used.
fn is_good(check: &SignatureCheck) -> Option<bool> {
    match check.hash {
        "SHA-1" => with::<Sha1>(check),
        "SHA-256" => with::<Sha256>(check),
        "SHA-384" => with::<Sha384>(check),
        "SHA-512" => with::<Sha512>(check),
        other => panic!("there is no hash {other}"),
    }
}

fn with<D: Digest + AssociatedOid + FixedOutputReset>(check: &SignatureCheck) -> Option<bool> {
    if check.algorithm == "ECDSA" {
        return ecdsa(check, &D::digest(&check.signed));
    }
    let key = PublicKey::from_public_key_der(&check.key).ok()?;
    if let Some(salt) = check.salt_length {
        let Ok(signature) = pss::Signature::try_from(&*check.signature) else { return Some(false) };
        return Some(pss::VerifyingKey::<D>::new_with_salt_len(key, salt).verify(&check.signed, &signature).is_ok());
    }
    let Ok(signature) = pkcs1v15::Signature::try_from(&*check.signature) else { return Some(false) };
    Some(pkcs1v15::VerifyingKey::<D>::new(key).verify(&check.signed, &signature).is_ok())
}

fn ecdsa(check: &SignatureCheck, hash: &[u8]) -> Option<bool> {
    macro_rules! on {
        ($curve:ident, $length:literal) => {{
            use $curve::ecdsa::{Signature, VerifyingKey};
            let key = VerifyingKey::from_public_key_der(&check.key).ok()?;
            let Ok(signature) = Signature::from_slice(&check.signature) else { return Some(false) };
            // Leading zeros do not change the number of a hash. The crates refuse short ones.
            let mut number = vec![0; usize::saturating_sub($length, hash.len())];
            number.extend_from_slice(hash);
            Some(key.verify_prehash(&number, &signature).is_ok())
        }};
    }
    match check.curve {
        Some("P-256") => on!(p256, 32),
        Some("P-384") => on!(p384, 48),
        Some("P-521") => on!(p521, 66),
        other => panic!("there is no curve {other:?}"),
    }
}
