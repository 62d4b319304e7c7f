//! A row as bytes: what crosses to JavaScript and between its workers, to be decoded when somebody looks at it.
//!
//! All numbers are little-endian, and a record's length is a multiple of 4. `pkg/src/fleet` reads the same table.
//!
//! | byte | what |
//! |---|---|
//! | 0 | the record's length, 4 bytes |
//! | 4 | the verdict: its position in [`VERDICTS`] |
//! | 5 | the step where the plan stops; 0: none |
//! | 6 | whether it can connect: 1 + its position in [`ANSWERS`]; 0: the row does not say |
//! | 7 | what its policies are for: 1 + its position in [`USES`]; 0: the row does not say |
//! | 8 | the basis: 1 + its position in [`BASES`]; 0: none |
//! | 9 | the number of codes |
//! | 10 | what the row has: the sum of [`HAS_ID`], [`HAS_THING`], [`HAS_CAUSE`], [`HAS_ACCESS`] |
//! | 11 | 1: its texts are ASCII; 0: they may be anything |
//! | 12, 16 | 1 + `duplicate_of` and 1 + `same_thing_as`, 4 bytes each; 0: none. [`FleetTally`](super::FleetTally) writes them |
//! | 20, 24, 28 | the bytes of the thing's name, of the cause, of the sentence on access, 4 each |
//! | 32, 36 | where the entry's bytes begin and end in the input that was judged, 4 each |
//! | 40 | the certificate ID, 64 bytes if there is one; the texts in that order, in UTF-8; the codes, as numbers of 2 bytes; zeros |

use super::row::FleetRow;
use crate::access::Answer;
use crate::plan::types::{AccessUse, Verdict};
use crate::rules::{self, Basis};
use std::ops::Range;
use std::sync::Arc;

const HEADER: usize = 40;
const ID: usize = 64;
const HAS_ID: u8 = 1;
const HAS_THING: u8 = 2;
const HAS_CAUSE: u8 = 4;
const HAS_ACCESS: u8 = 8;
const MARKS: usize = 12;
const TEXTS: usize = 20;

const VERDICTS: [Verdict; 6] = [
    Verdict::Provisions,
    Verdict::Registered,
    Verdict::Fails,
    Verdict::Rejected,
    Verdict::Unknown,
    Verdict::NotATemplate,
];
const ANSWERS: [Answer; 3] = [Answer::Allowed, Answer::Denied, Answer::Unknown];
const USES: [AccessUse; 3] = [AccessUse::Mqtt, AccessUse::Https, AccessUse::Nothing];
const BASES: [Basis; 3] = [Basis::Documented, Basis::Observed, Basis::Assumed];

/// Adds a row, whose entry is at a place of the input.
pub fn write(records: &mut Vec<u8>, row: &FleetRow, place: Range<usize>) {
    let id = row.certificate_id.as_deref().filter(|id| id.len() == ID);
    let texts = [row.thing_name.as_deref(), row.cause.as_deref(), row.access.as_deref()];
    let has = [(HAS_ID, id), (HAS_THING, texts[0]), (HAS_CAUSE, texts[1]), (HAS_ACCESS, texts[2])];
    let start = records.len();
    let codes = &row.codes[..row.codes.len().min(usize::from(u8::MAX))];
    records.extend_from_slice(&[0; 4]);
    records.extend_from_slice(&[
        at(&VERDICTS, row.verdict),
        row.stopped_at.unwrap_or_default(),
        row.connects.map_or(0, |answer| 1 + at(&ANSWERS, answer)),
        row.over.map_or(0, |used| 1 + at(&USES, used)),
        row.basis.map_or(0, |basis| 1 + at(&BASES, basis)),
        codes.len() as u8,
        has.iter().filter(|(_, text)| text.is_some()).map(|(bit, _)| bit).sum(),
        u8::from(texts.iter().flatten().all(|text| text.is_ascii())),
    ]);
    let marks = [row.duplicate_of, row.same_thing_as].map(|other| other.map_or(0, |other| other + 1));
    let lengths = texts.map(|text| text.map_or(0, str::len));
    for number in marks.into_iter().chain(lengths).chain([place.start, place.end]) {
        records.extend_from_slice(&(number as u32).to_le_bytes());
    }
    for text in [id].into_iter().chain(texts).flatten() {
        records.extend_from_slice(text.as_bytes());
    }
    for code in codes {
        records.extend_from_slice(&number(code).to_le_bytes());
    }
    finish(records, start);
}

fn finish(records: &mut Vec<u8>, start: usize) {
    records.resize(records.len().next_multiple_of(4), 0);
    let length = (records.len() - start) as u32;
    records[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

/// The record that begins here, and what follows it. `None` at the end, and if the bytes are not records.
pub fn split(records: &mut [u8]) -> Option<(&mut [u8], &mut [u8])> {
    let length = word(records, 0)? as usize;
    (length >= HEADER).then(|| records.split_at_mut_checked(length))?
}

/// The records that begin here.
pub fn each(mut records: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let length = word(records, 0)? as usize;
        let (bytes, rest) = (length >= HEADER).then(|| records.split_at_checked(length))??;
        records = rest;
        Some(Record(bytes))
    })
}

/// What a record says.
pub struct Record<'a>(&'a [u8]);

impl<'a> Record<'a> {
    /// Reads a record of [`split`].
    pub fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        VERDICTS[usize::from(self.0[4]).min(VERDICTS.len() - 1)]
    }

    /// Whether it can connect.
    pub fn connects(&self) -> Option<Answer> {
        one_of(&ANSWERS, self.0[6])
    }

    /// What its policies are for.
    pub fn over(&self) -> Option<AccessUse> {
        one_of(&USES, self.0[7])
    }

    /// The certificate ID.
    pub fn id(&self) -> Option<&'a [u8]> {
        if self.0[10] & HAS_ID == 0 { None } else { self.0.get(HEADER..HEADER + ID) }
    }

    /// The thing's name.
    pub fn thing_name(&self) -> Option<&'a [u8]> {
        self.text(0, HAS_THING)
    }

    /// The numbers of the codes.
    pub fn codes(&self) -> impl Iterator<Item = u16> + use<'a> {
        let codes = match self.0[9] {
            // Nearly always: the texts before them need not be measured.
            0 => &[][..],
            count => {
                let start = self.texts_at() + (0..3).map(|text| self.length(text)).sum::<usize>();
                self.0.get(start..start + 2 * usize::from(count)).unwrap_or_default()
            }
        };
        codes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// The row, at its position.
    pub fn row(&self, index: usize) -> FleetRow {
        let string = |text: Option<&[u8]>| text.map(|text| String::from_utf8_lossy(text).into_owned());
        let mark = |at: usize| word(self.0, at).and_then(|other| (other as usize).checked_sub(1));
        FleetRow {
            index,
            verdict: self.verdict(),
            certificate_id: string(self.id()),
            thing_name: string(self.thing_name()).map(Arc::from),
            stopped_at: Some(self.0[5]).filter(|step| *step > 0),
            codes: self.codes().filter_map(code).collect(),
            cause: string(self.text(1, HAS_CAUSE)),
            basis: one_of(&BASES, self.0[8]),
            connects: self.connects(),
            over: self.over(),
            access: string(self.text(2, HAS_ACCESS)),
            duplicate_of: mark(MARKS),
            same_thing_as: mark(MARKS + 4),
        }
    }

    fn texts_at(&self) -> usize {
        HEADER + if self.0[10] & HAS_ID == 0 { 0 } else { ID }
    }

    fn length(&self, text: usize) -> usize {
        word(self.0, TEXTS + 4 * text).unwrap_or_default() as usize
    }

    fn text(&self, text: usize, has: u8) -> Option<&'a [u8]> {
        let start = self.texts_at() + (0..text).map(|before| self.length(before)).sum::<usize>();
        if self.0[10] & has == 0 { None } else { self.0.get(start..start + self.length(text)) }
    }
}

/// Writes which earlier rows a record repeats.
pub fn mark(record: &mut [u8], earlier: [Option<u32>; 2]) {
    for (at, other) in [MARKS, MARKS + 4].into_iter().zip(earlier) {
        record[at..at + 4].copy_from_slice(&other.map_or(0, |other| other + 1).to_le_bytes());
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn at<T: PartialEq>(list: &[T], one: T) -> u8 {
    list.iter().position(|other| *other == one).unwrap_or_default() as u8
}

fn one_of<T: Copy>(list: &[T], number: u8) -> Option<T> {
    list.get(usize::from(number).checked_sub(1)?).copied()
}

/// The number of a code: 70 of `JITP070`.
fn number(code: &str) -> u16 {
    code.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or_default()
}

/// The code with a number.
pub fn code(wanted: u16) -> Option<&'static str> {
    rules::all().map(|rule| rule.code).find(|code| number(code) == wanted)
}

/// The rows of records, the first of which has a position.
pub fn rows(mut records: &mut [u8], first: usize) -> Vec<FleetRow> {
    let mut rows = Vec::new();
    while let Some((bytes, rest)) = split(records) {
        rows.push(Record::of(bytes).row(first + rows.len()));
        records = rest;
    }
    rows
}
