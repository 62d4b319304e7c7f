//! A list of certificates as `pkg/src/list.ts` reads it: one text with all facts, and the length of each. A string for each fact would take
//! longer to cross than to find.

use super::words::{pack, word};
use crate::certificate::ListedCertificate;

/// The length of a fact that is not there.
const ABSENT: u32 = u32::MAX;
/// The length of a fact that equals that of the certificate before: many have one issuer.
const SAME: u32 = u32::MAX - 1;

/// The words for JavaScript: how many certificates there are, and how many bytes the text has; for each certificate whether it is a CA, and the
/// lengths of its seven facts in UTF-16; the bytes of the text, filled up to whole words.
pub fn message(list: &[ListedCertificate]) -> Vec<u32> {
    let mut words = vec![0; 2];
    let mut text = String::new();
    let mut before = [None; 7];
    for one in list {
        words.push(u32::from(one.is_ca));
        let facts = [
            Some(one.kind),
            one.error.as_deref(),
            one.certificate_id.as_deref(),
            one.common_name.as_deref(),
            one.subject.as_deref(),
            one.issuer.as_deref(),
            one.pem.as_deref(),
        ];
        for (fact, before) in facts.into_iter().zip(&mut before) {
            words.push(match fact {
                None => ABSENT,
                Some(_) if fact == *before => SAME,
                Some(fact) => {
                    text.push_str(fact);
                    word(if fact.is_ascii() { fact.len() } else { fact.encode_utf16().count() })
                }
            });
            *before = fact;
        }
    }
    (words[0], words[1]) = (word(list.len()), word(text.len()));
    pack(text.into_bytes(), &mut words);
    words
}
