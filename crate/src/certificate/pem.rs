//! Finds certificates in whatever people paste: PEM with anything around it, or DER.

use super::armor;
use super::kind::Kind;
use super::tlv::{Element, Reader, SEQUENCE};
use std::borrow::Cow;

/// What was found at one place of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// What says that it is a certificate; [`Certificate::parse`](super::Certificate::parse) tells whether it is one.
    Certificate {
        /// The outermost element, without what may follow it.
        der: Cow<'a, [u8]>,
    },
    /// Something else.
    Other {
        /// What it is.
        kind: Kind,
        /// One plain sentence or two for the user. Nothing of a private key is in it.
        reason: Cow<'static, str>,
    },
}

impl Entry<'_> {
    fn other(kind: Kind) -> Self {
        Entry::Other { kind, reason: Cow::Borrowed(kind.reason()) }
    }

    fn damaged(reason: impl Into<Cow<'static, str>>) -> Self {
        Entry::Other { kind: Kind::DamagedBlock, reason: reason.into() }
    }
}

/// Finds everything that is armored, or all DER structures where the input is binary, in order. There is always at least
/// one entry: input without any block yields the reason. The time taken is linear in the input.
pub fn find(input: &[u8]) -> Entries<'_> {
    let source = match input {
        [0xff, 0xfe, rest @ ..] => Source::Text(Cow::Owned(from_utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Source::Text(Cow::Owned(from_utf16(rest, u16::from_be_bytes))),
        [0xef, 0xbb, 0xbf, rest @ ..] => Source::Text(Cow::Borrowed(rest)),
        _ if is_der(input) => Source::Der(input),
        _ => Source::Text(Cow::Borrowed(input)),
    };
    Entries { source, position: 0, pending: None, found: false, scratch: Vec::new() }
}

/// A certificate as PEM: lines of 64 characters, each with a line feed.
pub fn encode(der: &[u8]) -> String {
    armor::encode("CERTIFICATE", der)
}

/// What [`find`] finds.
#[derive(Debug)]
pub struct Entries<'a> {
    source: Source<'a>,
    /// What lies before has been dealt with.
    position: usize,
    /// To be given out next, before anything else is read.
    pending: Option<Entry<'a>>,
    found: bool,
    /// Base64 without its white space; one buffer for all blocks.
    scratch: Vec<u8>,
}

#[derive(Debug)]
enum Source<'a> {
    Der(&'a [u8]),
    Text(Cow<'a, [u8]>),
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let entry = self.pending.take().or_else(|| self.advance());
        self.found |= entry.is_some();
        entry
    }
}

impl<'a> Entries<'a> {
    fn advance(&mut self) -> Option<Entry<'a>> {
        match &self.source {
            Source::Der(der) => {
                let (entry, length) = next_der(der, self.position)?;
                self.position += length;
                Some(entry)
            }
            Source::Text(text) => match next_block(text, self.position) {
                Some((block, end)) => {
                    self.position = end;
                    let (entry, trailing) = open(&block, &mut self.scratch);
                    self.pending = trailing;
                    Some(entry)
                }
                None if self.found => None,
                None => Some(nothing(text)),
            },
        }
    }
}

/// The next structure of binary input, and its length.
fn next_der(input: &[u8], position: usize) -> Option<(Entry<'_>, usize)> {
    let rest = &input[position..];
    if rest.is_empty() {
        return None;
    }
    Some(match Reader::new(rest).expect(SEQUENCE, "a SEQUENCE") {
        Ok(Element { encoded, .. }) => {
            let entry = match Kind::of_der(encoded) {
                Some(kind) => Entry::other(kind),
                None => Entry::Certificate { der: Cow::Borrowed(encoded) },
            };
            (entry, encoded.len())
        }
        // Cut off, or damaged: reading it as a certificate tells where.
        Err(_) if position == 0 => (Entry::Certificate { der: Cow::Borrowed(rest) }, rest.len()),
        Err(_) => (trailing(rest.len()), rest.len()),
    })
}

/// Whether input is binary DER. A text can begin with `0` too, which is the tag of a SEQUENCE.
fn is_der(input: &[u8]) -> bool {
    let [SEQUENCE, first, ..] = *input else { return false };
    let binary = |byte: &u8| *byte < b'\t' || (0x0e..b' ').contains(byte);
    match first {
        0x80..=0x84 => true,
        0x85.. => false,
        _ => {
            input.iter().take(32).any(binary)
                || Reader::new(input).any("").is_ok_and(|all| Kind::of_der(all.encoded).is_some())
        }
    }
}

/// Keeps the ASCII of UTF-16, which some shells write; what is not ASCII cannot matter to armor.
fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    bytes.chunks_exact(2).map(|pair| u8::try_from(unit([pair[0], pair[1]])).unwrap_or(b'?')).collect()
}

const DASHES: usize = 5;
const BEGIN: &[u8] = b"BEGIN ";
const END: &[u8] = b"END ";

/// An armored block as it stands in the text.
struct Block<'t> {
    label: &'t [u8],
    body: &'t [u8],
    /// The label of the END line; `None` where there is no such line.
    end_label: Option<&'t [u8]>,
}

/// The next block that begins at or after a position, and where it ends.
fn next_block(text: &[u8], mut position: usize) -> Option<(Block<'_>, usize)> {
    let begin = loop {
        let (_, dashes) = find_dashes(text, position)?;
        if text[dashes..].starts_with(BEGIN) {
            break dashes + BEGIN.len();
        }
        position = dashes;
    };
    let (label, start) = read_label(text, begin);
    let mut position = start;
    while let Some((before, dashes)) = find_dashes(text, position) {
        let rest = &text[dashes..];
        let body = &text[start..before];
        if rest.starts_with(END) {
            let (end_label, end) = read_label(text, dashes + END.len());
            return Some((Block { label, body, end_label: Some(end_label) }, end));
        }
        if rest.starts_with(BEGIN) {
            return Some((Block { label, body, end_label: None }, before));
        }
        position = dashes;
    }
    Some((Block { label, body: &text[start..], end_label: None }, text.len()))
}

/// Where the next run of five or more dashes starts, and where it ends.
fn find_dashes(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut position = from;
    loop {
        position += text.get(position..)?.iter().position(|&byte| byte == b'-')?;
        let run = text[position..].iter().take_while(|&&byte| byte == b'-').count();
        if run >= DASHES {
            return Some((position, position + run));
        }
        position += run;
    }
}

/// A label that starts here, and the place after the dashes that close it.
fn read_label(text: &[u8], start: usize) -> (&[u8], usize) {
    const LONGEST: usize = 64;
    let rest = &text[start..];
    let rest = &rest[..rest.len().min(LONGEST)];
    let length = rest.iter().position(|byte| matches!(byte, b'-' | b'\n' | b'\r' | b'\\')).unwrap_or(rest.len());
    // Five dashes close a label. With fewer it is plain enough; what lies beyond them belongs to the next armor.
    let dashes = text[start + length..].iter().take(DASHES).take_while(|&&byte| byte == b'-').count();
    (text[start..start + length].trim_ascii(), start + length + dashes)
}

/// The entry of a block, and a second one for what follows the certificate in it.
fn open<'a>(block: &Block<'_>, scratch: &mut Vec<u8>) -> (Entry<'a>, Option<Entry<'a>>) {
    let label = String::from_utf8_lossy(block.label);
    match Kind::of_label(&label) {
        Some(Kind::UnknownBlock) => {
            let name: String = label.chars().filter(|c| !c.is_control()).collect();
            let reason = format!("This block says that it is `{name}`, not a certificate.");
            return (Entry::Other { kind: Kind::UnknownBlock, reason: reason.into() }, None);
        }
        Some(kind) => return (Entry::other(kind), None),
        None => {}
    }
    match block.end_label {
        Some(end) if end == block.label => {}
        Some(_) => {
            let reason = format!("This block begins as `{label}`, but another END line closes it: it is damaged.");
            return (Entry::damaged(reason), None);
        }
        None => {
            let reason = format!("This block has no line `-----END {label}-----`: it is cut off or damaged.");
            return (Entry::damaged(reason), None);
        }
    }
    let mut der = match armor::decode(block.body, scratch) {
        Ok(der) => der,
        Err(reason) => return (Entry::damaged(reason), None),
    };
    let length = Reader::new(&der).any("a SEQUENCE").map_or(der.len(), |outer| outer.encoded.len());
    let extra = der.len() - length;
    der.truncate(length);
    // In a TRUSTED CERTIFICATE OpenSSL's own trust settings follow.
    let after = (extra > 0 && block.label != b"TRUSTED CERTIFICATE").then(|| trailing(extra));
    (Entry::Certificate { der: Cow::Owned(der) }, after)
}

fn trailing<'a>(count: usize) -> Entry<'a> {
    let reason = match count {
        1 => "One more byte follows the certificate; it was ignored.".to_owned(),
        _ => format!("{count} more bytes follow the certificate; they were ignored."),
    };
    Entry::Other { kind: Kind::TrailingBytes, reason: reason.into() }
}

/// What to say of a text in which there is no block.
fn nothing<'a>(text: &[u8]) -> Entry<'a> {
    if text.iter().all(u8::is_ascii_whitespace) {
        return Entry::other(Kind::Empty);
    }
    let reason = if text.windows(17).any(|window| window == b"BEGIN CERTIFICATE") {
        "No certificate was found: the line `-----BEGIN CERTIFICATE-----` must have five dashes on either side."
    } else if armor::is_bare_base64(text) {
        "No certificate was found. This looks like base64 without its armor: put it between the lines \
         `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`."
    } else {
        Kind::NoPem.reason()
    };
    Entry::Other { kind: Kind::NoPem, reason: reason.into() }
}
