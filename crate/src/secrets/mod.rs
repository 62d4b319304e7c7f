//! Finds private keys in any text, in whatever form they come, and writes x over them.
//!
//! This room stands below all others: what is given as text passes through it before it is read, so that no message, value or
//! export can hold a piece of a key. It knows armor, DER in base64, in hex, in dumps and as numbers, the formats of OpenSSH, PuTTY and PGP, key stores, JWK, and
//! texts that are themselves in base64. A text keeps its length, so that places in it hold.

mod der_prefix;
mod digits;
mod marks;
mod members;
mod numbers;
mod payload;
mod plain;

use crate::source::{PositionIndex, Span};
use plain::Plain;
use serde::Serialize;
use std::borrow::Cow;
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
    /// The form, as words behind "a private key".
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

/// A private key that was found in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct FoundKey {
    /// Its form.
    pub form: KeyForm,
    /// Where its private part stands.
    pub span: Span,
}

/// A text without its private keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Redacted {
    /// The text, as long as before; every letter and digit of a private key is an `x`.
    pub text: String,
    /// What was found, in order.
    pub found: Vec<FoundKey>,
}

/// Writes `x` over every private key in a text. The time taken is linear in the text.
pub fn redact_private_keys(text: &str) -> Redacted {
    redacted(text).unwrap_or_else(|| Redacted { text: text.to_owned(), found: Vec::new() })
}

/// The same, of a text that has private keys; nothing of one that has none, which stays as it is.
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

/// A text without its private keys, where it has any.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let secrets = Secrets::find(text);
    if secrets.is_none() { Cow::Borrowed(text) } else { Cow::Owned(secrets.mask(text)) }
}

/// What a private key is overwritten with: a letter that means nothing in JSON, in a policy or in base64 that is to be a key.
const MASK: u8 = b'x';

/// What the text around a dump may be made of.
const STRUCTURE: &[u8] = b"\"\\|{}[],:.";

/// Shorter texts hold no private key: 32 bytes are the least, in base64 or in hex.
const SHORTEST: usize = 40;

/// How often a text in base64 may be wrapped in another.
const DEEPEST: usize = 3;

/// Where the private keys of a text stand.
pub(crate) struct Secrets<'t> {
    plain: Plain<'t>,
    /// In offsets of `plain`, in order, apart from each other.
    found: Vec<Secret>,
}

#[derive(Clone, Debug)]
struct Secret {
    form: KeyForm,
    range: Range<usize>,
}

impl<'t> Secrets<'t> {
    /// Looks for them.
    pub fn find(text: &'t str) -> Self {
        if text.len() < SHORTEST {
            return Self { plain: Plain::empty(), found: Vec::new() };
        }
        let plain = Plain::of(text.as_bytes());
        let found = find(plain.bytes(), 0);
        Self { plain, found }
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

/// All secrets of a text in its plain spelling.
fn find(text: &[u8], depth: usize) -> Vec<Secret> {
    let mut found = Vec::new();
    numbers::find(text, depth, &mut found);
    // The offsets in a dump are digits, too: read in one go with the bytes they would lead astray.
    let mut rest = Cow::Borrowed(text);
    for secret in &found {
        rest.to_mut()[secret.range.clone()].fill(plain::OTHER);
    }
    marks::find(&rest, &mut found);
    members::find(&rest, &mut found);
    payload::find(&rest, depth, &mut found);
    found.retain(|secret| text[secret.range.clone()].iter().any(|byte| byte.is_ascii_alphanumeric() && *byte != MASK));
    found.sort_by_key(|secret| (secret.range.start, secret.range.end));
    let mut apart: Vec<Secret> = Vec::with_capacity(found.len());
    for secret in found {
        match apart.last_mut() {
            Some(last) if secret.range.start < last.range.end => last.range.end = last.range.end.max(secret.range.end),
            _ => apart.push(secret),
        }
    }
    apart
}
