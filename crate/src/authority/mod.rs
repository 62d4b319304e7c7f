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

pub use candidates::{candidates, candidates_of_each};
pub use chain::{Chains, DevicePath, Link, chains};
pub use issuer_check::{IssuerCheck, check_issuer, check_issuers};
pub use registration::{CaRegistration, CertificateMode, RegistrationOptions, VerificationCheck, check_registration};
pub use search::Candidate;
pub use signature::{Prepared, SignatureCheck};

use serde::{Deserialize, Serialize};

/// What is known of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It was made with the issuer's key.
    Verified,
    /// It was not.
    NotVerified,
    /// Nobody has looked, or the algorithm is not one that can be verified here.
    #[default]
    NotChecked,
}

impl Signature {
    /// The verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Signature::Verified => "verified",
            Signature::NotVerified => "not verified",
            Signature::NotChecked => "not checked",
        }
    }

    /// The verdict that a word names; anything else is not checked.
    pub fn named(word: &str) -> Self {
        match word {
            "verified" => Signature::Verified,
            "not-verified" => Signature::NotVerified,
            _ => Signature::NotChecked,
        }
    }
}
