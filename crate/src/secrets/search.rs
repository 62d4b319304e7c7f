//! The search for all forms of keys, in a text and in the texts encoded in it.

use super::secret::{MASK, Secret};
use super::{marks, members, numbers, payload, plain};
use crate::sorted::sort_by_places;
use std::borrow::Cow;

/// All secrets of a text in its plain spelling.
pub fn find(text: &[u8], depth: usize) -> Vec<Secret> {
    let mut found = Vec::new();
    numbers::find(text, depth, &mut found);
    // The offsets in a dump are digits too. Read together with the bytes they would give wrong ones.
    let mut rest = Cow::Borrowed(text);
    for secret in &found {
        rest.to_mut()[secret.range.clone()].fill(plain::OTHER);
    }
    marks::find(&rest, &mut found);
    members::find(&rest, &mut found);
    payload::find(&rest, depth, &mut found);
    found.retain(|secret| text[secret.range.clone()].iter().any(|byte| byte.is_ascii_alphanumeric() && *byte != MASK));
    sort_by_places(&mut found, |secret| (secret.range.start, secret.range.end));
    let mut apart: Vec<Secret> = Vec::with_capacity(found.len());
    for secret in found {
        match apart.last_mut() {
            Some(last) if secret.range.start < last.range.end => last.range.end = last.range.end.max(secret.range.end),
            _ => apart.push(secret),
        }
    }
    apart
}
