//! The verdict on a signature.

use serde::{Deserialize, Serialize};

/// What is known about a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It was made with the issuer's key.
    Verified,
    /// It was not.
    NotVerified,
    /// It was not verified, or its algorithm cannot be verified here.
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

    /// The verdict for a word. Any other word is "not checked".
    pub fn named(word: &str) -> Self {
        match word {
            "verified" => Signature::Verified,
            "not-verified" => Signature::NotVerified,
            _ => Signature::NotChecked,
        }
    }
}
