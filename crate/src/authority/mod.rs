//! Who signed whom, and what a CA needs to be registered: the only part that looks at several certificates together.
//!
//! Signatures are not verified here. This part says which are to be verified and prepares what that takes; in JavaScript WebCrypto
//! verifies, in the tests RustCrypto's crates do. Then it is told the verdicts, says what is to be verified next, if anything, and
//! draws the conclusions. It knows nothing of templates.

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
