//! From an offset in the content of a JSON string to the offset of the characters that were written for it.

use super::range::offset;

/// One escape sequence, or one repair: `inner_len` bytes of content were written as `outer_len` bytes.
#[derive(Debug)]
struct Escape {
    inner: u32,
    outer: u32,
    inner_len: u32,
    outer_len: u32,
}

impl Escape {
    fn inner_end(&self) -> u32 {
        self.inner + self.inner_len
    }

    fn outer_end(&self) -> u32 {
        self.outer + self.outer_len
    }
}

/// Maps the offsets of a string's content to those of its written form. What is not escaped maps byte for byte, so
/// only the escapes are kept.
#[derive(Debug)]
pub struct OffsetMap {
    base: u32,
    escapes: Vec<Escape>,
}

impl OffsetMap {
    /// Reads the escapes of `raw`, the text between the quotes of a valid JSON string that starts at `base`.
    pub fn new(raw: &str, base: u32) -> Self {
        let bytes = raw.as_bytes();
        let mut escapes = Vec::new();
        let (mut at, mut inner) = (0usize, 0u32);
        while at < bytes.len() {
            if bytes[at] != b'\\' {
                at += 1;
                inner += 1;
                continue;
            }
            let (inner_len, outer_len) = match bytes.get(at + 1) {
                Some(b'u') => unicode_escape(bytes, at),
                _ => (1, 2),
            };
            escapes.push(Escape { inner, outer: base + offset(at), inner_len, outer_len });
            inner += inner_len;
            at += outer_len as usize;
        }
        Self { base, escapes }
    }

    /// The map of a repaired text: the pieces of the text that were replaced, in order, with the length of the
    /// replacement.
    #[cold]
    pub fn of_pieces(pieces: impl Iterator<Item = (usize, usize, usize)>) -> Self {
        let (mut copied, mut inner) = (0, 0u32);
        let escape = |(start, end, length): (usize, usize, usize)| {
            let at = inner + offset(start - copied);
            let inner_len = offset(length);
            (copied, inner) = (end, at + inner_len);
            Escape { inner: at, outer: offset(start), inner_len, outer_len: offset(end - start) }
        };
        Self { base: 0, escapes: pieces.map(escape).collect() }
    }

    /// Where the byte at `inner` begins in the written form.
    pub fn start(&self, inner: u32) -> u32 {
        match self.escape_at_or_before(inner) {
            None => self.base + inner,
            Some(escape) if inner < escape.inner_end() => escape.outer,
            Some(escape) => escape.outer_end() + (inner - escape.inner_end()),
        }
    }

    /// Where the written form of the bytes before `inner` ends; differs from [`Self::start`] after an escape only by
    /// never reaching into the next one.
    pub fn end(&self, inner: u32) -> u32 {
        let Some(last) = inner.checked_sub(1) else { return self.base };
        match self.escape_at_or_before(last) {
            None => self.base + inner,
            Some(escape) if last < escape.inner_end() => escape.outer_end(),
            Some(escape) => escape.outer_end() + (inner - escape.inner_end()),
        }
    }

    fn escape_at_or_before(&self, inner: u32) -> Option<&Escape> {
        let after = self.escapes.partition_point(|escape| escape.inner <= inner);
        after.checked_sub(1).map(|index| &self.escapes[index])
    }
}

/// The lengths of the `\uXXXX` at `at`: bytes of UTF-8 content, bytes as written (twelve for a surrogate pair).
fn unicode_escape(bytes: &[u8], at: usize) -> (u32, u32) {
    let unit = |from: usize| {
        bytes
            .get(from..from + 4)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match unit(at + 2) {
        Some(0..=0x7f) | None => (1, 6),
        Some(0x80..=0x7ff) => (2, 6),
        Some(0xd800..=0xdbff) => (4, 12),
        Some(_) => (3, 6),
    }
}

/// The content of a string, from the text between its quotes. `None` if that has an escape that JSON does not have.
pub fn unescape(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let mut content = String::with_capacity(raw.len());
    let (mut start, mut at) = (0, 0);
    while let Some(plain) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        at += plain;
        content.push_str(&raw[start..at]);
        // The escaped character stands for itself in nearly all escapes, so that it is copied with what follows.
        if let Some(b'"' | b'\\') = bytes.get(at + 1) {
            start = at + 1;
            at += 2;
            continue;
        }
        let (character, length) = read_escape(&raw[at..]).ok()?;
        content.push(character);
        at += length;
        start = at;
    }
    content.push_str(&raw[start..]);
    Some(content)
}

/// The character of an escape and the length of the escape. For a wrong escape the length of what is wrong: six if it
/// is half a surrogate pair.
pub fn read_escape(escape: &str) -> Result<(char, usize), usize> {
    let bytes = escape.as_bytes();
    let plain = match bytes.get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return read_unicode(bytes),
        _ => return Err(2),
    };
    Ok((plain, 2))
}

fn read_unicode(bytes: &[u8]) -> Result<(char, usize), usize> {
    let unit = |at: usize| {
        let digits = bytes.get(at + 2..at + 6).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let Some(first) = unit(0) else { return Err(2) };
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Ok((character, 6));
    }
    let second = if bytes.get(6..8) == Some(b"\\u") { unit(6) } else { None };
    match second.map(|second| char::decode_utf16([first, second]).next()) {
        Some(Some(Ok(character))) => Ok((character, 12)),
        _ => Err(6),
    }
}
