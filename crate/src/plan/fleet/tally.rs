//! What the rows of a fleet have in common, added up in their order.

use super::record::{self, Record};
use super::row::{FleetCounts, FleetRow};
use crate::access::Answer;
use crate::plan::types::{AccessUse, Verdict};
use jitp_lane::EarlierRows;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many rows there are of each kind, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FleetSummary {
    /// The number of rows.
    pub rows: usize,
    /// How many have which verdict.
    pub counts: FleetCounts,
    /// For each code that a verdict rests on, in the order of the codes.
    pub by_code: Vec<CodeCount>,
}

/// The rows with one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct CodeCount {
    /// The code.
    pub code: &'static str,
    /// How many rows have it.
    pub rows: usize,
    /// The positions of the first of them, at most three.
    pub first: Vec<usize>,
}

/// Adds up rows that were judged in pieces, by one or by several [`FleetStream`](super::FleetStream)s, and marks those that repeat an
/// earlier row. It needs some 150 bytes a row while its tables grow.
#[derive(Debug, Default)]
pub struct FleetTally {
    rows: usize,
    earlier: EarlierRows,
    counts: FleetCounts,
    codes: BTreeMap<u16, (usize, Vec<usize>)>,
    ignores_repeats: bool,
    /// Of the records that were added last; kept for its memory.
    found: Vec<[Option<u32>; 2]>,
}

impl FleetTally {
    /// A tally that marks no repeated rows, and needs no memory for them.
    pub fn without_repeats() -> Self {
        Self { ignores_repeats: true, ..Self::default() }
    }

    /// Adds records, in the order of the fleet, and writes their marks.
    pub fn add(&mut self, mut records: &mut [u8]) {
        const EXAMPLES: usize = 3;
        let mut earlier = std::mem::take(&mut self.found);
        earlier.clear();
        if !self.ignores_repeats
            && let Ok(first) = u32::try_from(self.rows)
        {
            let names = record::each(records).map(|row| [row.id(), row.thing_name()]);
            self.earlier.compare(first, names, &mut earlier);
        }
        let mut found = earlier.iter();
        while let Some((bytes, rest)) = record::split(records) {
            let row = Record::of(bytes);
            for code in row.codes() {
                let (count, first) = self.codes.entry(code).or_default();
                *count += 1;
                if first.len() < EXAMPLES {
                    first.push(self.rows);
                }
            }
            self.counts.add(&row);
            if let Some(earlier) = found.next() {
                self.counts.duplicates += usize::from(earlier[0].is_some());
                self.counts.same_thing += usize::from(earlier[1].is_some());
                record::mark(bytes, *earlier);
            }
            self.rows += 1;
            records = rest;
        }
        self.found = earlier;
    }

    /// The same, and what the records say.
    pub fn add_rows(&mut self, records: &mut [u8]) -> Vec<FleetRow> {
        let first = self.rows;
        self.add(records);
        record::rows(records, first)
    }

    /// What was added so far.
    pub fn summary(&self) -> FleetSummary {
        let by_code = self.codes.iter().filter_map(|(number, (rows, first))| {
            Some(CodeCount { code: record::code(*number)?, rows: *rows, first: first.clone() })
        });
        FleetSummary { rows: self.rows, counts: self.counts, by_code: by_code.collect() }
    }
}

impl FleetCounts {
    fn add(&mut self, row: &Record<'_>) {
        match row.verdict() {
            Verdict::Provisions => self.provisions += 1,
            Verdict::Registered => self.registered += 1,
            Verdict::Fails => self.fails += 1,
            Verdict::Rejected => self.rejected += 1,
            Verdict::Unknown => self.unknown += 1,
            Verdict::NotATemplate => self.not_a_template += 1,
        }
        if matches!(row.verdict(), Verdict::Provisions | Verdict::Registered) {
            let is_amiss = row.connects() == Some(Answer::Denied) && row.over() != Some(AccessUse::Https);
            self.cannot_connect += usize::from(is_amiss);
            self.connects_unknown += usize::from(row.connects() == Some(Answer::Unknown));
        }
    }
}
