//! Words that stand without quotes.

/// How far a placeholder may reach.
const LONGEST: usize = 200;

/// The length of a placeholder in brackets that `rest` begins with.
pub fn bracketed(rest: &str) -> Option<usize> {
    let (open, close) =
        [("{{", "}}"), ("${", "}"), ("$(", ")"), ("<", ">")].into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inside = rest.as_bytes().iter().take(LONGEST).take_while(|byte| !matches!(byte, b'\n' | b'"')).count();
    let inside = rest.get(open.len()..inside)?;
    Some(open.len() + inside.find(close)? + close.len())
}

/// Whether a word can start so.
pub fn starts(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'+' | b'-' | b'.', next, ..] => next.is_ascii_digit() || matches!(next, b'.' | b'I'),
        [first, ..] => {
            first.is_ascii_alphanumeric() || matches!(first, b'_' | b'$' | b'/' | b'<' | b'{' | b'@' | 0x80..)
        }
        [] => false,
    }
}

/// The length of the word that `rest` begins with. A colon ends a key, and a value only before a blank.
pub fn length(rest: &str, is_key: bool) -> usize {
    if let Some(length) = bracketed(rest) {
        return length;
    }
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        match byte {
            b':' if next == Some(&b':') => at += 1,
            b':' if is_key || next.is_none_or(|next| next.is_ascii_whitespace() || b"\"'{[".contains(next)) => break,
            b'=' if is_key => break,
            ..=b' ' | b',' | b';' | b'{' | b'}' | b'[' | b']' | b'(' | b')' | b'"' | b'\'' | b'`' | b'\\' | 0x7f => {
                break;
            }
            _ => {}
        }
        at += 1;
    }
    at = at.min(rest.len());
    while !rest.is_char_boundary(at) {
        at += 1;
    }
    // A quote, or a blank, that is no ASCII ends the word as well.
    let word = rest.get(..at).unwrap_or_default();
    let first = word.chars().next().map_or(0, char::len_utf8);
    let inside = word.get(first..).unwrap_or_default();
    first + inside.find(|c| is_blank(c) || matches!(c, '\u{2018}'..='\u{201f}')).unwrap_or(inside.len())
}

/// The end of the array or object that starts at `at`.
pub fn extent(text: &str, at: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (offset, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(offset + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A character that looks like nothing, and is no blank of JSON's.
pub fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{2060}' | '\u{3000}'
    )
}
