//! What is found: a private key, in one of the forms that keys have.

use serde::Serialize;
use std::ops::Range;

/// In which form a private key was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum KeyForm {
    /// Between a BEGIN and an END line: PEM, OpenSSH, PGP.
    Armor,
    /// Without such lines, in base64.
    Base64,
    /// In hex.
    Hex,
    /// In a dump: an offset, bytes in hex, and the characters that they are.
    Dump,
    /// Byte by byte, as decimal numbers.
    Numbers,
    /// A JSON Web Key, or another object with the key's numbers as members.
    Members,
    /// A PuTTY key file.
    Putty,
    /// Inside a text that is in base64 or hex as a whole.
    Wrapped,
}

impl KeyForm {
    /// The form, as words after "a private key".
    pub(crate) fn words(self) -> &'static str {
        match self {
            KeyForm::Armor => " between its BEGIN and END lines",
            KeyForm::Base64 => " in base64",
            KeyForm::Hex => " in hex",
            KeyForm::Dump => " in a dump",
            KeyForm::Numbers => " as a list of numbers",
            KeyForm::Members => " as a member of an object",
            KeyForm::Putty => " of PuTTY",
            KeyForm::Wrapped => " in a text that is encoded as a whole",
        }
    }
}

/// A private key that was found in the plain spelling of a text.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Its form.
    pub form: KeyForm,
    /// Its bytes in the plain spelling.
    pub range: Range<usize>,
}

/// Overwrites a private key: a letter without a meaning in JSON and in policies, and of no use in a base64 key.
pub const MASK: u8 = b'x';

/// Shorter texts hold no private key: 32 bytes are the least, in base64 or in hex.
pub const SHORTEST: usize = 40;

/// How often a text in base64 may be encoded in another.
pub const DEEPEST: usize = 3;
