//! The base64 between a BEGIN and an END line.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padding and the spare bits of the last character say nothing about a certificate, so they may be wrong.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes the body of a block, or says why it cannot be decoded.
///
/// Well-formed armor is decoded after one pass that removes the line ends. Only if that fails are the characters
/// examined one by one, for all the other forms in which people paste certificates.
pub(super) fn decode(body: &[u8], scratch: &mut Vec<u8>) -> Result<Vec<u8>, String> {
    scratch.clear();
    for line in body.split(|&byte| byte == b'\n') {
        scratch.extend_from_slice(line.trim_ascii());
    }
    match LENIENT.decode(&*scratch) {
        Ok(der) if !der.is_empty() => return Ok(der),
        _ => clean(body, scratch)?,
    }
    if scratch.is_empty() {
        return Err("This certificate block is empty.".to_owned());
    }
    LENIENT.decode(&*scratch).map_err(|_| {
        "The base64 of this certificate block is damaged: characters are missing, or there are too many.".to_owned()
    })
}

/// Takes out of a body everything that quoting, escaping and mail headers add.
fn clean(body: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
    out.clear();
    let mut rest = skip_headers(body);
    // Source code cuts a certificate into string literals: `"...\n" + "..."`. The armor begins inside one.
    let mut quoted = true;
    let mut line = 1 + body[..body.len() - rest.len()].iter().filter(|&&byte| byte == b'\n').count();
    loop {
        rest = match *rest {
            [] => return Ok(()),
            [b'"' | b'\'', ref rest @ ..] => {
                quoted = !quoted;
                rest
            }
            [b'\n', ref rest @ ..] => {
                line += 1;
                rest
            }
            // A no-break space, from a web page.
            [byte, ref rest @ ..] if byte.is_ascii_whitespace() => rest,
            [0xc2, 0xa0, ref rest @ ..] => rest,
            [b'+' | b',' | b'.' | b'&' | b'(' | b')' | b'\\', ref rest @ ..] if !quoted => rest,
            [b'\\', ref rest @ ..] => {
                let (byte, rest) = escape(rest);
                out.extend(byte);
                rest
            }
            [byte @ (b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'='), ref rest @ ..] if quoted => {
                out.push(byte);
                rest
            }
            [byte, ..] => {
                let what = match byte {
                    b'!'..=b'~' => format!("the character `{}`", char::from(byte)),
                    _ => format!("the byte 0x{byte:02x}"),
                };
                return Err(format!(
                    "This certificate block is damaged: line {line} of its body holds {what}, which is not base64."
                ));
            }
        };
    }
}

/// The escape sequence after a backslash: the base64 character that it stands for, if any, and the rest. Some writers
/// of JSON escape `+`, `/` and `=` (`\u003d`). Backslashes that were doubled, once or several times, count as one.
fn escape(rest: &[u8]) -> (Option<u8>, &[u8]) {
    let rest = &rest[rest.iter().take_while(|&&byte| byte == b'\\').count()..];
    match *rest {
        [b'n' | b'r' | b't' | b'"' | b'\'', ref rest @ ..] => (None, rest),
        [b'u', b'0', b'0', high, low, ref after @ ..] => match (hex_digit(high), hex_digit(low)) {
            (Some(high), Some(low)) => {
                let byte = high << 4 | low;
                (Some(byte).filter(|byte| is_base64(*byte)), after)
            }
            _ => (None, rest),
        },
        _ => (None, rest),
    }
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// What follows the headers of RFC 1421 (`Name: value`, and a blank line), if there are any.
fn skip_headers(body: &[u8]) -> &[u8] {
    let start = body.trim_ascii_start();
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if !first.contains(&b':') {
        return body;
    }
    let mut rest = start;
    while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        if line.trim_ascii().is_empty() {
            return rest;
        }
    }
    body
}

/// The pieces of a text that is only base64 of DER, without armor: the output of `base64`, of an export dialogue, or a
/// field of an API's answer. Quotes and escapes around and inside it are undone. Several certificates are on a line
/// each, or separated by blank lines. `None` if the text is something else.
pub(super) fn bare(text: &[u8]) -> Option<Vec<&[u8]>> {
    let begins = |piece: &[u8]| unwrap(piece).starts_with(b"MI");
    let is_fine = |byte: &u8| is_base64(*byte) || *byte == b'\\' || is_wrapping(*byte);
    if text.len() < 64 || !begins(text) || !text.iter().all(is_fine) {
        return None;
    }
    let lines: Vec<&[u8]> = text.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    // A body of lines begins with `MI` once only: DER that long has no second one at the same place of a line by chance.
    if lines.len() > 1 && lines.iter().all(|line| begins(line) && line.len() > 200) {
        return Some(lines.into_iter().map(unwrap).collect());
    }
    let mut pieces: Vec<&[u8]> = Vec::new();
    let mut start = 0;
    let mut position = 0;
    let mut blank = false;
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        if line.trim_ascii().is_empty() {
            blank = true;
        } else {
            if blank && position > start && begins(line) && !text[start..position].trim_ascii().is_empty() {
                pieces.push(unwrap(&text[start..position]));
                start = position;
            }
            blank = false;
        }
        position += line.len();
    }
    pieces.push(unwrap(&text[start..]));
    Some(pieces)
}

/// A piece of text without what is around its base64.
fn unwrap(piece: &[u8]) -> &[u8] {
    let start = piece.iter().take_while(|&&byte| is_wrapping(byte)).count();
    let rest = &piece[start..];
    &rest[..rest.len() - rest.iter().rev().take_while(|&&byte| is_wrapping(byte)).count()]
}

/// The characters that surround base64 in quoted text.
fn is_wrapping(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b';')
}

/// A text whose armor lines have other dashes than five ASCII ones, corrected: word processors and web pages turn them
/// into long dashes, and people lose some. `None` if there is no such line.
pub(super) fn with_dashes(text: &[u8]) -> Option<Vec<u8>> {
    const DASHES: &str = "-----";
    if !text.windows(6).any(|window| window == b"BEGIN ") {
        return None;
    }
    let text = String::from_utf8_lossy(text);
    // A long dash replaces two hyphens or three. How many there are does not matter once they are five or more.
    let plain =
        text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'], DASHES);
    let mut found = false;
    let mut right = String::with_capacity(plain.len() + 64);
    for line in plain.split_inclusive('\n') {
        let label = line.trim().trim_matches('-').trim();
        let is_label =
            label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" #".contains(&byte));
        if is_label && label.len() < 64 && (label.starts_with("BEGIN ") || label.starts_with("END ")) {
            found = true;
            right.push_str(DASHES);
            right.push_str(label);
            right.push_str(DASHES);
            right.push('\n');
        } else {
            right.push_str(line);
        }
    }
    (found || plain != text).then(|| right.into_bytes())
}

/// Armors bytes: lines of 64 characters, each with a line feed.
pub(super) fn encode(label: &str, bytes: &[u8]) -> String {
    let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut text = String::with_capacity(base64.len() + base64.len() / 64 + 2 * label.len() + 40);
    text.push_str("-----BEGIN ");
    text.push_str(label);
    text.push_str("-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        // Base64 is ASCII, so every index is a character boundary.
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}
