//! Words without quotes.

/// The longest placeholder.
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

/// The length of the word that `rest` begins with. A colon ends a key. It ends a value only before a space.
pub fn length(rest: &str, is_key: bool) -> usize {
    if let Some(length) = bracketed(rest) {
        return length;
    }
    let bytes = rest.as_bytes();
    for (at, character) in rest.char_indices().skip(1) {
        let beside = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or_default();
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let ends = match character {
            ':' if before == b':' || after == b':' => false,
            ':' => is_key || after <= b' ' || b"\"'{[".contains(&after),
            '=' => is_key,
            ..=' ' | '\u{7f}' | '\u{2018}'..='\u{201f}' => true,
            _ => b",;{}[]()\"'`\\".iter().any(|end| character == char::from(*end)) || is_odd_space(character),
        };
        if ends {
            return at;
        }
    }
    rest.len()
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

/// A character that looks like a space, but is not white space in JSON.
pub fn is_odd_space(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{2060}' | '\u{3000}'
    )
}
