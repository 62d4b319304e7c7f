//! Who signed whom, and what a CA needs to be registered. This is the only part that reads several certificates
//! together.
//!
//! Signatures are not verified here. This part names the signatures to verify and prepares the values for that.
//! WebCrypto verifies in JavaScript, RustCrypto's crates verify in the tests. With the verdicts this part names the
//! next signatures, if any, and draws the conclusions. It knows nothing of templates.

mod candidate_keys;
mod candidates;
mod chain;
mod ecdsa;
mod issuer_check;
mod pool;
mod registration;
mod search;
mod signature;
mod verdict;

pub use candidates::{candidates, candidates_of_each};
pub use chain::{Chains, DevicePath, Link, chains};
pub use issuer_check::{IssuerCheck, check_issuer, check_issuers};
pub use registration::{CaRegistration, CertificateMode, RegistrationOptions, VerificationCheck, check_registration};
pub use search::Candidate;
pub use signature::{Prepared, SignatureCheck};
pub use verdict::Signature;
