//! Tells by its bytes which encoding a text is in that is not UTF-8.

use crate::source::is_utf_16;

/// Whether bytes that are UTF-8 are nevertheless characters of two or four bytes each: null bytes come from the
/// beginning and throughout. If each pair is an ASCII letter and a null byte nothing is lost, and recovery repairs the
/// text.
pub fn is_wide(bytes: &[u8]) -> bool {
    looks_wide(bytes) && !is_utf_16(bytes)
}

fn looks_wide(bytes: &[u8]) -> bool {
    bytes.iter().take(8).any(|byte| *byte == 0) && bytes.iter().filter(|byte| **byte == 0).count() > bytes.len() / 4
}

/// What to do with a text that is not UTF-8, and which encoding it may have.
#[cold]
pub fn guess(bytes: &[u8]) -> &'static str {
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "Save the file as UTF-8. It begins like UTF-32.",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "Save the file as UTF-8. It begins like UTF-16.",
        _ if looks_wide(bytes) => "Save the file as UTF-8. It looks like UTF-16 or UTF-32.",
        // Half a surrogate pair, as CESU-8 and WTF-8 write it.
        _ if bytes.windows(2).any(|pair| matches!(pair, [0xed, 0xa0..=0xbf])) => {
            "Save the file as UTF-8. It looks like CESU-8."
        }
        _ => "Save the file as UTF-8. Its present encoding may be Latin-1 or Windows-1252, for example.",
    }
}
