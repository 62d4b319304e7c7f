//! Finds certificates in whatever people paste: PEM with anything around it, base64 alone, DER, and the bundles of PKCS#7.

use super::block::{Block, next_block};
use super::der_reader::{DerReader, Element, SEQUENCE};
use super::non_certificate::NonCertificate;
use super::x509::Certificate;
use super::{armor, pkcs7, signing_request};
use std::borrow::Cow;
use std::collections::VecDeque;

/// What was found at one place of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// An entry that is labelled or shaped as a certificate. [`Certificate::parse`](super::Certificate::parse) decides
    /// whether it is one.
    Certificate {
        /// The outermost element, without what may follow it.
        der: Cow<'a, [u8]>,
        /// How many bytes follow it in its block or file. They are ignored. In a `TRUSTED CERTIFICATE` they are
        /// OpenSSL's own trust settings.
        trailing: usize,
    },
    /// Something else.
    Other {
        /// What it is.
        kind: NonCertificate,
        /// One plain sentence or two for the user. Nothing of a private key is in it.
        reason: Cow<'static, str>,
        /// The encoded subject of a certificate signing request, if it can be read.
        subject: Option<Vec<u8>>,
    },
}

impl Entry<'_> {
    fn other(kind: NonCertificate) -> Self {
        Self::because(kind, kind.reason())
    }

    /// The entry for this reason.
    pub(crate) fn because(kind: NonCertificate, reason: impl Into<Cow<'static, str>>) -> Self {
        Entry::Other { kind, reason: reason.into(), subject: None }
    }

    fn damaged(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::because(NonCertificate::DamagedBlock, reason)
    }

    /// The entry for DER that is not a certificate.
    fn of_kind(kind: NonCertificate, der: &[u8]) -> Self {
        let subject = (kind == NonCertificate::CertificateRequest)
            .then(|| signing_request::subject(der).map(<[u8]>::to_vec))
            .flatten();
        Entry::Other { kind, reason: kind.reason().into(), subject }
    }
}

/// The limit of bytes and of entries that are read at once. More becomes one entry that says so: what is made of each
/// entry takes some hundred times its memory, and WebAssembly has four gigabytes.
pub const LONGEST: usize = 64 << 20;
const MOST: usize = 200_000;

/// Finds everything that is armored, or all DER structures if the input is binary, in order. There is always at least
/// one entry: input without any block yields the reason. The time is linear in the input. Input that is too long, and
/// everything after the last entry that is returned, becomes one entry that says so.
pub fn find(input: &[u8]) -> Entries<'_> {
    if input.len() > LONGEST {
        return too_long(input.len());
    }
    let source = match input {
        [0xff, 0xfe, rest @ ..] => Input::Text(Cow::Owned(from_utf16(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Input::Text(Cow::Owned(from_utf16(rest, u16::from_be_bytes))),
        [0xef, 0xbb, 0xbf, rest @ ..] => Input::Text(Cow::Borrowed(rest)),
        _ if is_der(input) => Input::Der(input),
        _ => Input::Text(Cow::Borrowed(input)),
    };
    Entries::new(source, input.len(), true)
}

/// Finds the same in a piece of the input. The pieces together, one after another, have the entries of the whole, however many and long
/// they are: what [`Entries::used`] says is left of one is to begin the next. Only `is_last` ends a block that is not closed, and a piece of
/// binary input, of UTF-16 or without any block gives nothing before that. `found`: whether a piece before it had an entry.
pub fn find_in_piece(input: &[u8], found: bool, is_last: bool) -> Entries<'_> {
    /// What decides whether it is text is in its first element, which has at most 131 bytes if it can be taken for text.
    const DECIDES: usize = 256;
    let entries = match found {
        true => Entries::new(Input::Text(Cow::Borrowed(input)), input.len(), is_last),
        false if input.len() < DECIDES && !is_last => Entries::new(Input::Der(input), input.len(), false),
        false => Entries { is_last, ..find(input) },
    };
    Entries { found, is_piece: true, ..entries }
}

/// Input that is too long to be read.
#[cold]
fn too_long<'a>(length: usize) -> Entries<'a> {
    let megabytes = |bytes: usize| bytes.div_ceil(1 << 20);
    let reason = format!(
        "The input has {} MB. jitp reads certificates from at most {} MB at once: split it.",
        megabytes(length),
        megabytes(LONGEST)
    );
    let waiting = VecDeque::from([Entry::because(NonCertificate::UnknownBlock, reason)]);
    Entries { found: true, waiting, ..Entries::new(Input::Der(&[]), length, true) }
}

/// A certificate as PEM: lines of 64 characters, each with a line feed.
pub fn encode(der: &[u8]) -> String {
    armor::encode("CERTIFICATE", der)
}

/// What [`find`] finds.
#[derive(Debug)]
pub struct Entries<'a> {
    source: Input<'a>,
    /// Everything before this position has been read.
    position: usize,
    found: bool,
    /// Base64 without its white space; one buffer for all blocks.
    scratch: Vec<u8>,
    /// The rest of what one position held: a PKCS#7 bundle gives an entry for each of its certificates.
    waiting: VecDeque<Entry<'a>>,
    /// How many entries have been returned.
    given: usize,
    /// The number of bytes that were given.
    length: usize,
    /// Whether nothing follows the input.
    is_last: bool,
    is_piece: bool,
}

#[derive(Debug)]
enum Input<'a> {
    Der(&'a [u8]),
    Text(Cow<'a, [u8]>),
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let entry = self.advance()?;
        self.given += 1;
        match self.given {
            _ if self.is_piece => Some(entry),
            0..=MOST => Some(entry),
            given if given == MOST + 1 => {
                let reason = format!("The input holds more than {MOST} blocks, and the rest was not read: split it.");
                Some(Entry::because(NonCertificate::UnknownBlock, reason))
            }
            _ => None,
        }
    }
}

impl<'a> Entries<'a> {
    fn new(source: Input<'a>, length: usize, is_last: bool) -> Self {
        let (scratch, waiting) = (Vec::new(), VecDeque::new());
        Self { source, position: 0, found: false, scratch, waiting, given: 0, length, is_last, is_piece: false }
    }

    /// How many bytes of the input have been read. In a piece, the next one begins there.
    pub fn used(&self) -> usize {
        match &self.source {
            // A text that was made of the input has other positions.
            Input::Text(Cow::Owned(_)) => usize::from(self.found) * self.length,
            Input::Text(Cow::Borrowed(text)) => self.length - (text.len() - self.position),
            Input::Der(input) => self.length - input.len().saturating_sub(self.position),
        }
    }

    /// The same after the last entry of a piece: what follows it can be passed over, as far as no block can begin in it.
    pub fn done(&self) -> usize {
        /// One less than the shortest beginning of a block: five dashes, `BEGIN`, a space.
        const BEGINNING: usize = 10;
        match &self.source {
            _ if self.is_last => self.length,
            Input::Text(Cow::Borrowed(text)) if self.found && next_block(text, self.position).is_none() => {
                self.used().max(self.length.saturating_sub(BEGINNING))
            }
            _ => self.used(),
        }
    }

    /// The text in which the next block is looked for, where that begins in the input, and the position in it from which on. `None` if the
    /// input is not a text that is read as it is, or if its first block has not been found.
    pub(crate) fn rest(&self) -> Option<(&[u8], usize, usize)> {
        match &self.source {
            Input::Text(Cow::Borrowed(text))
                if self.waiting.is_empty() && (self.found || text.starts_with(b"-----")) =>
            {
                Some((text, self.length - text.len(), self.position))
            }
            _ => None,
        }
    }

    /// Goes on after a block that was read without this, up to a position in that text.
    pub(crate) fn skip(&mut self, position: usize) {
        self.position = position;
        self.found = true;
    }

    fn advance(&mut self) -> Option<Entry<'a>> {
        if let Some(entry) = self.waiting.pop_front() {
            return Some(entry);
        }
        let (entry, end) = match &self.source {
            Input::Der(_) | Input::Text(Cow::Owned(_)) if !self.is_last => return None,
            Input::Der(input) => next_der(input, self.position)?,
            Input::Text(text) => match next_block(text, self.position) {
                // More of the block, or of its last line, may follow.
                Some((_, end)) if end == text.len() && !self.is_last => return None,
                Some((block, end)) => (open(&block, &mut self.scratch), end),
                None if self.found || !self.is_last => return None,
                None => return self.without_block(),
            },
        };
        self.position = end;
        self.found = true;
        self.give(entry)
    }

    /// Returns what one position holds: the entry, or the parts of a bundle one after the other.
    fn give(&mut self, entry: Entry<'a>) -> Option<Entry<'a>> {
        match &entry {
            Entry::Certificate { der, .. } if pkcs7::is_content_info(der) => {
                self.waiting.extend(unpack(der));
                self.waiting.pop_front()
            }
            _ => Some(entry),
        }
    }

    /// The entry for a text without any correct armor.
    #[cold]
    fn without_block(&mut self) -> Option<Entry<'a>> {
        self.found = true;
        let Input::Text(text) = &self.source else { return None };
        let end = text.len();
        if let Some(pieces) = armor::bare(text) {
            let scratch = &mut self.scratch;
            self.waiting.extend(pieces.into_iter().flat_map(|piece| match decode(piece, scratch) {
                Entry::Certificate { der, .. } if pkcs7::is_content_info(&der) => unpack(&der),
                entry => vec![entry],
            }));
        } else if let Some(right) = armor::with_dashes(text).filter(|right| next_block(right, 0).is_some()) {
            self.source = Input::Text(Cow::Owned(right));
            self.position = 0;
            return self.advance();
        } else {
            self.waiting.push_back(nothing(text));
        }
        self.position = end;
        self.waiting.pop_front()
    }
}

/// The entries of a PKCS#7 bundle; there is always at least one.
fn unpack<'a>(bundle: &[u8]) -> Vec<Entry<'a>> {
    let entry = |der: &&[u8]| match der.first() {
        Some(&SEQUENCE) => Entry::Certificate { der: Cow::Owned(der.to_vec()), trailing: 0 },
        _ => {
            Entry::because(NonCertificate::UnknownBlock, "This part of the PKCS#7 bundle is not an X.509 certificate.")
        }
    };
    let entries: Vec<_> = pkcs7::certificates(bundle).iter().flatten().map(entry).collect();
    if entries.is_empty() { vec![Entry::other(NonCertificate::Pkcs7)] } else { entries }
}

/// The structure of binary input that starts at a position, and where it ends.
fn next_der(input: &[u8], position: usize) -> Option<(Entry<'_>, usize)> {
    let rest = &input[position..];
    if rest.is_empty() {
        return None;
    }
    let Ok(Element { encoded, .. }) = DerReader::new(rest).expect(SEQUENCE, "a SEQUENCE") else {
        // It is cut off or damaged: reading it as a certificate shows where.
        return Some((Entry::Certificate { der: Cow::Borrowed(rest), trailing: 0 }, input.len()));
    };
    let end = position + encoded.len();
    match NonCertificate::of_der(encoded) {
        // Its certificates are unpacked.
        Some(NonCertificate::Pkcs7) => {
            return Some((Entry::Certificate { der: Cow::Borrowed(encoded), trailing: 0 }, end));
        }
        Some(kind) => return Some((Entry::of_kind(kind, encoded), end)),
        None => {}
    }
    // Files that are glued together hold one structure after the other. Anything else that follows is left over.
    let glued = match DerReader::new(&input[end..]).expect(SEQUENCE, "a SEQUENCE") {
        Ok(next) => Certificate::parse(next.encoded).map_or_else(|error| error.kind().is_some(), |_| true),
        Err(_) => false,
    };
    let (trailing, end) = if glued { (0, end) } else { (input.len() - end, input.len()) };
    Some((Entry::Certificate { der: Cow::Borrowed(encoded), trailing }, end))
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
                || DerReader::new(input).any("").is_ok_and(|all| NonCertificate::of_der(all.encoded).is_some())
        }
    }
}

/// Keeps the ASCII of UTF-16, which some shells write. Other characters cannot matter to armor.
fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    bytes.chunks_exact(2).map(|pair| u8::try_from(unit([pair[0], pair[1]])).unwrap_or(b'?')).collect()
}

/// What a block holds.
fn open<'a>(block: &Block<'_>, scratch: &mut Vec<u8>) -> Entry<'a> {
    let label = String::from_utf8_lossy(block.label);
    match NonCertificate::of_label(&label) {
        Some(NonCertificate::UnknownBlock) => {
            // The label can be anything: it is quoted only if it reads like a label.
            let reason = if is_label(&label) {
                format!("This block says that it is `{label}`, not a certificate.")
            } else {
                "This block does not say that it is a certificate: its label is unknown.".to_owned()
            };
            return Entry::because(NonCertificate::UnknownBlock, reason);
        }
        Some(NonCertificate::CertificateRequest) => {
            // Its subject can be shown, damaged or not.
            let request = armor::decode(block.body, scratch).unwrap_or_default();
            return Entry::of_kind(NonCertificate::CertificateRequest, &request);
        }
        None | Some(NonCertificate::Pkcs7) => {}
        Some(kind) => return Entry::other(kind),
    }
    match block.end_label {
        Some(end) if end == block.label => {}
        Some(_) => {
            return Entry::damaged(format!(
                "This block begins as `{label}`, but another END line closes it: it is damaged."
            ));
        }
        None => {
            return Entry::damaged(format!(
                "This block has no line `-----END {label}-----`: it is cut off or damaged.{}",
                how_far(block.body, scratch)
            ));
        }
    }
    decode(block.body, scratch)
}

/// Whether a text reads like the label of a block: words in upper case.
fn is_label(label: &str) -> bool {
    const LONGEST_WORD: usize = 16;
    let is_word = |word: &str| {
        (1..=LONGEST_WORD).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"#._/".contains(&byte))
    };
    label.split(' ').all(is_word)
}

/// What base64 holds.
fn decode<'a>(body: &[u8], scratch: &mut Vec<u8>) -> Entry<'a> {
    match armor::decode(body, scratch) {
        Ok(mut der) => {
            let length = DerReader::new(&der).any("a SEQUENCE").map_or(der.len(), |outer| outer.encoded.len());
            let trailing = der.len() - length;
            der.truncate(length);
            Entry::Certificate { der: Cow::Owned(der), trailing }
        }
        Err(reason) => Entry::damaged(reason),
    }
}

/// Where a block without its end breaks off, as a sentence. Empty if that cannot be said.
fn how_far(body: &[u8], scratch: &mut Vec<u8>) -> String {
    let Ok(der) = armor::decode(body, scratch) else { return String::new() };
    match Certificate::parse(&der) {
        Ok(_) => " The certificate in it is complete: only the last line is missing.".to_owned(),
        Err(error) => format!(" {error}"),
    }
}

/// The entry for a text without any block.
fn nothing<'a>(text: &[u8]) -> Entry<'a> {
    if text.iter().all(u8::is_ascii_whitespace) {
        return Entry::other(NonCertificate::Empty);
    }
    let reason = if text.windows(17).any(|window| window == b"BEGIN CERTIFICATE") {
        "No certificate was found: the line `-----BEGIN CERTIFICATE-----` must have five dashes on either side."
    } else {
        NonCertificate::NoPem.reason()
    };
    Entry::because(NonCertificate::NoPem, reason)
}
