//! The verdict on a signature.

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
