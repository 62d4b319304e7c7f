//! The signatures that must be verified next.

use super::issuer_check::DevicesAndCa;
use super::pool::Pool;
use super::search::{Candidate, SignerSearch};
use super::verdict::Signature;

/// The certificates and keys to verify next. Without CAs: for every certificate of a bundle. With CAs: for the first
/// device, and for the certificates between it and the first CA, in either bundle. `verdicts` are those of all
/// candidates before, in order. An empty list ends the search. The other functions take the same bundles and all
/// verdicts.
///
/// ```
/// use jitp::Signature;
/// use jitp::authority::{Candidate, candidates, check_issuer};
///
/// // Ask WebCrypto, or another library.
/// fn verify(_: &Candidate) -> Signature {
///     Signature::NotChecked
/// }
///
/// let (device, ca): (&[u8], &[u8]) = (b"certificates of devices", b"certificates of CAs");
/// let mut verdicts = Vec::new();
/// loop {
///     let next = candidates(device, ca, &verdicts);
///     if next.is_empty() {
///         break;
///     }
///     verdicts.extend(next.iter().map(verify));
/// }
/// let check = check_issuer(device, ca, &verdicts, None);
/// assert_eq!(check.signature, Signature::NotChecked);
/// ```
pub fn candidates(devices: &[u8], authorities: &[u8], verdicts: &[Signature]) -> Vec<Candidate> {
    let pool = Pool::read(devices, authorities);
    if !authorities.is_empty() {
        return DevicesAndCa::of(&pool, false).search(verdicts).map_or_else(Vec::new, SignerSearch::into_pending);
    }
    let certificates = pool.certificates();
    SignerSearch::new(&certificates, None, verdicts).into_pending()
}

/// The certificates and keys that are verified next for [`check_issuers`](super::check_issuers), as [`candidates`](super::candidates) has them for one device.
pub fn candidates_of_each(devices: &[u8], ca: &[u8], verdicts: &[Signature]) -> Vec<Candidate> {
    let pool = Pool::read(devices, ca);
    DevicesAndCa::of(&pool, true).search(verdicts).map_or_else(Vec::new, SignerSearch::into_pending)
}
