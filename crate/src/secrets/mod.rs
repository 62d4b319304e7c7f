//! Finds private keys in any text, in any form, and writes x over them.
//!
//! This room is below all others: input text passes through it before it is read, so that no message, value or export
//! can hold a piece of a key. It knows armor, DER in base64, in hex, in dumps and as numbers, the formats of OpenSSH,
//! PuTTY and PGP, key stores, JWK, and texts that are themselves in base64. A text keeps its length, so that places in
//! it stay correct.

mod der_prefix;
mod digits;
mod marks;
mod members;
mod numbers;
mod payload;
mod plain;
mod search;
mod secret;

use crate::source::{PositionIndex, Span};
use plain::Plain;
use search::find;
pub use secret::KeyForm;
use secret::{MASK, SHORTEST, Secret};
use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;

/// A private key that was found in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct FoundKey {
    /// Its form.
    pub form: KeyForm,
    /// The place of its private part.
    pub span: Span,
}

/// A text without its private keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Redacted {
    /// The text, with its length unchanged. Every letter and digit of a private key is an `x`.
    pub text: String,
    /// What was found, in order.
    pub found: Vec<FoundKey>,
}

/// Writes `x` over every private key in a text. The time taken is linear in the text.
///
/// ```
/// let redacted = jitp::redact_private_keys("no key in here");
/// assert!(redacted.found.is_empty());
/// ```
pub fn redact_private_keys(text: &str) -> Redacted {
    redacted(text).unwrap_or_else(|| Redacted { text: text.to_owned(), found: Vec::new() })
}

/// The same for a text with private keys. `None` for a text without any.
pub(crate) fn redacted(text: &str) -> Option<Redacted> {
    let secrets = Secrets::find(text);
    if secrets.is_none() {
        return None;
    }
    let index = PositionIndex::new(text);
    let found = |(form, range): (KeyForm, Range<usize>)| {
        let span = Span { start: index.position(text, range.start), end: index.position(text, range.end) };
        FoundKey { form, span }
    };
    Some(Redacted { found: secrets.ranges().map(found).collect(), text: secrets.mask(text) })
}

/// A text without its private keys, if it has any.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let secrets = Secrets::find(text);
    if secrets.is_none() { Cow::Borrowed(text) } else { Cow::Owned(secrets.mask(text)) }
}

/// Punctuation that may be around a dump.
const STRUCTURE: &[u8] = b"\"\\|{}[],:.";

/// The places of the private keys in a text.
pub(crate) struct Secrets<'t> {
    plain: Plain<'t>,
    /// In offsets of `plain`, in order, apart from each other.
    found: Vec<Secret>,
}

impl<'t> Secrets<'t> {
    /// Looks for them.
    pub fn find(text: &'t str) -> Self {
        if text.len() < SHORTEST {
            return Self::none();
        }
        let plain = Plain::of(text.as_bytes());
        let found = find(plain.bytes(), 0);
        Self { plain, found }
    }

    /// Those of a text that is known to have none.
    pub fn none() -> Self {
        Self { plain: Plain::empty(), found: Vec::new() }
    }

    pub fn is_none(&self) -> bool {
        self.found.is_empty()
    }

    /// Each with its bytes in the text.
    pub fn ranges(&self) -> impl Iterator<Item = (KeyForm, Range<usize>)> + '_ {
        self.found.iter().map(|Secret { form, range }| (*form, self.plain.outer(range.clone())))
    }

    /// The text with its letters and digits written over.
    pub fn mask(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for Secret { form, range } in &self.found {
            // A dump shows bytes as the characters that they are.
            let shows = |byte: u8| *form == KeyForm::Dump && byte.is_ascii_graphic() && !STRUCTURE.contains(&byte);
            for at in range.clone() {
                let byte = self.plain.bytes()[at];
                if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/') || shows(byte) {
                    self.plain.write(at, MASK, &mut bytes);
                }
            }
        }
        // A letter was written over a letter of the same length.
        String::from_utf8(bytes).unwrap_or_default()
    }
}
