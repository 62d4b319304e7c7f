//! A few certificates at a time: taken from a text, hashed together, judged one after the other.

use crate::der::{Elements, SEQUENCE};
use crate::extensions::KnownExtensions;
use crate::program::{AttributeInput, Bounds, MOST_INPUTS, Program, ValueSource};
use crate::row::Record;
use crate::sha256::{PADDING, of_four, pad, padded};
use crate::walk::{Text, read};
use crate::{armor, decimal, hex};
use std::ops::Range;

/// The most certificates of a batch, and their bytes with padding. Both fit in a processor's nearest cache.
const MOST: usize = 32;
const BYTES: usize = 32 << 10;
/// A certificate that is longer is not ordinary.
const LONGEST: usize = 4 << 10;

/// What is asked of the caller while a batch is judged.
pub trait OtherRows {
    /// Judges a certificate that is not ordinary, and adds its row. `place`: its bytes in the text that it was taken from.
    fn add(&mut self, der: &[u8], place: Range<usize>, rows: &mut Vec<u8>);

    /// Whether a critical extension, given by the content of its SEQUENCE, leaves nothing to say. The same is not asked again and again.
    fn knows_critical(&mut self, extension: &[u8]) -> bool;

    /// Whether a text holds nothing that must not be shown.
    fn may_show(&mut self, text: &str) -> bool;
}

/// Certificates that wait for their rows.
#[derive(Clone, Debug)]
pub struct Batch {
    program: Program,
    slots: [u8; 256],
    bytes: Box<[u8]>,
    used: usize,
    entries: Vec<Entry>,
    ordinary: usize,
    record: Record,
    extensions: KnownExtensions,
}

/// A certificate: where it begins among the bytes, how long it is, and its place in the text.
#[derive(Clone, Debug)]
struct Entry {
    start: usize,
    length: usize,
    place: Range<usize>,
}

impl Batch {
    /// An empty batch. `None` if the program has more inputs than there is room for.
    pub fn new(program: Program) -> Option<Self> {
        if program.inputs.len() > MOST_INPUTS {
            return None;
        }
        let (slots, record) = (program.slots(), Record::new(&program));
        Some(Self {
            program,
            slots,
            bytes: vec![0; BYTES].into(),
            used: 0,
            entries: Vec::with_capacity(MOST),
            ordinary: 0,
            record,
            extensions: KnownExtensions::default(),
        })
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether no more can be taken before [`flush`](Self::flush).
    pub fn is_full(&self) -> bool {
        self.entries.len() == MOST || BYTES - self.used < LONGEST + PADDING
    }

    /// How many rows were ordinary so far.
    pub fn ordinary(&self) -> usize {
        self.ordinary
    }

    /// Takes the certificate that begins at or after a position of a text, if its armor is as tools write it. Returns where it ends. `before`:
    /// what to add to places in the text. `is_last`: nothing follows the text. The batch must not be full.
    pub fn take(&mut self, text: &[u8], before: usize, position: usize, is_last: bool) -> Option<usize> {
        let out = self.bytes.get_mut(self.used..)?;
        let (end, length) = armor::decode(text, position, is_last, out)?;
        self.put(length, before + position..before + end)?;
        Some(end)
    }

    /// Takes a certificate in DER, or in armor that begins at once and has only white space after it. Its place is all of that. `false` if it
    /// is anything else. The batch must not be full.
    pub fn take_alone(&mut self, certificate: &[u8]) -> bool {
        let Some(out) = self.bytes.get_mut(self.used..) else { return false };
        let length = match certificate {
            // The length of a certificate has two bytes or three.
            [SEQUENCE, 0x81 | 0x82, ..] => out.get_mut(..certificate.len()).map(|out| {
                out.copy_from_slice(certificate);
                certificate.len()
            }),
            [b'-', ..] => armor::decode(certificate, 0, true, out)
                .filter(|(end, _)| certificate[*end..].iter().all(u8::is_ascii_whitespace))
                .map(|(_, length)| length),
            _ => None,
        };
        length.and_then(|length| self.put(length, 0..certificate.len())).is_some()
    }

    fn put(&mut self, length: usize, place: Range<usize>) -> Option<()> {
        let mut elements = Elements(self.bytes.get(self.used..)?.get(..length)?);
        let content = elements.expect(SEQUENCE)?;
        // One SEQUENCE that begins with another: no other kind of structure, and nothing after it.
        if length > LONGEST || !elements.is_empty() || content.first() != Some(&SEQUENCE) {
            return None;
        }
        pad(self.bytes.get_mut(self.used..)?, length)?;
        self.entries.push(Entry { start: self.used, length, place });
        self.used += padded(length);
        Some(())
    }

    /// Adds the rows of all certificates that wait, in their order.
    pub fn flush(&mut self, rows: &mut Vec<u8>, others: &mut dyn OtherRows) {
        for four in self.entries.chunks(4) {
            let text =
                |at: usize| four.get(at).map_or(&[][..], |entry| &self.bytes[entry.start..][..padded(entry.length)]);
            let digests = of_four([text(0), text(1), text(2), text(3)]);
            for (entry, digest) in four.iter().zip(&digests) {
                let der = &self.bytes[entry.start..][..entry.length];
                if let Some(id) = self.record.id() {
                    hex::write(digest, id);
                }
                if judge(&self.program, &self.slots, der, &mut self.record, (&mut self.extensions, others)).is_some() {
                    self.record.add(&self.program, &entry.place, rows);
                    self.ordinary += 1;
                } else {
                    others.add(der, entry.place.clone(), rows);
                }
            }
        }
        self.entries.clear();
        self.used = 0;
    }
}

/// Judges a certificate and adds the name of its thing to the record. `None` if the certificate is not ordinary.
#[inline(always)]
fn judge(
    program: &Program,
    slots: &[u8; 256],
    der: &[u8],
    record: &mut Record,
    others: (&mut KnownExtensions, &mut dyn OtherRows),
) -> Option<()> {
    let ordinary = read(der, program, slots, others)?;
    let mut values = ordinary.values;
    let mut digits = [0; decimal::ROOM];
    let mut serial = Text::default();
    let wants_serial = |(input, value): (&AttributeInput, &Text<'_>)| match input.source {
        ValueSource::Attribute(_) => false,
        ValueSource::AttributeOrSerial(_) => value.bytes.is_empty(),
        ValueSource::Serial => true,
    };
    if program.inputs.iter().zip(&values).any(wants_serial) {
        let bytes = decimal::write(ordinary.serial, &mut digits);
        serial = Text { bytes, classes: classes(program, bytes) };
    }
    for (input, value) in program.inputs.iter().zip(&mut values) {
        match input.source {
            ValueSource::Attribute(_) | ValueSource::AttributeOrSerial(_) if !value.bytes.is_empty() => {}
            ValueSource::Serial | ValueSource::AttributeOrSerial(_) => *value = serial,
            ValueSource::Attribute(_) => {
                let bytes = input.default.as_deref()?;
                *value = Text { bytes, classes: classes(program, bytes) };
            }
        }
    }
    if !program.bounds.iter().all(|bounds| are_kept(bounds, &values)) {
        return None;
    }
    record.write_name(program.thing_name.as_deref().unwrap_or_default(), &values)
}

fn classes(program: &Program, bytes: &[u8]) -> u8 {
    bytes.iter().fold(u8::MAX, |all, byte| all & program.classes[usize::from(*byte)])
}

/// Whether a text that is made of values keeps its bounds. A byte of a set is a character: the sets are ASCII.
#[inline(always)]
fn are_kept(bounds: &Bounds, values: &[Text<'_>]) -> bool {
    let mut length = bounds.constant;
    for at in &bounds.values {
        let Some(value) = values.get(*at) else { return false };
        if value.classes & bounds.class == 0 {
            return false;
        }
        length += value.bytes.len();
    }
    (bounds.least..=bounds.most).contains(&length)
}
