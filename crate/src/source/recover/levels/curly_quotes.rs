//! Curly quotes instead of straight ones, at any depth of strings inside strings.

use super::embedded::Assumptions;
use super::level_parser::{LevelParser, embedded_in};
use super::readings::first;
use crate::source::recover::recovery::Recovery;
use crate::source::recover::slip::{Certainty, Repair, Slip, SlipSet};

/// Double quotes of word processors, chats and keyboards.
const DOUBLE: [char; 10] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2033}', '\u{ab}', '\u{bb}', '\u{ff02}', '\u{275d}', '\u{275e}',
];
/// The same for a single quote.
const SINGLE: [char; 4] = ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

/// Writes every curly quote straight, if that gives JSON, or JSON that is only escaped wrongly.
#[cold]
pub fn read(text: &str) -> Option<Recovery> {
    if text.is_ascii() {
        return None;
    }
    let curly: &[char] = if text.contains(DOUBLE) { &DOUBLE } else { &SINGLE };
    if !text.contains(curly) {
        return None;
    }
    let straight = text.replace(curly, "\"");
    let escapes = match embedded_in(&straight) {
        Some((_, 0)) => Vec::new(),
        read => {
            let escapes =
                first(Assumptions::ALL, &mut Vec::new(), &|guess| LevelParser::new(&straight, guess, 0).lenient());
            // Texts inside it that are wrong in another way are found by themselves.
            escapes.map_or_else(|| read.map(|_| Vec::new()), |reader| Some(reader.recovery().repairs))?
        }
    };
    let repairs = merged(text, curly, &escapes);
    let mut seen = SlipSet::default();
    repairs.iter().for_each(|repair| seen.note(repair.slip));
    Some(Recovery {
        repairs,
        format: seen.format(),
        reason: None,
        certainty: Certainty::Sure,
        opened: None,
        unknown: Vec::new(),
        readable: true,
    })
}

/// Joins the repairs of the straight text and those of the curly quotes. The first curly quote is the place that is
/// reported.
fn merged(text: &str, curly: &[char], escapes: &[Repair]) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    let mut first = None;
    // By how much what has been walked over is longer than its straight form.
    let mut longer = 0;
    let mut escapes = escapes.iter().peekable();
    let mut quotes = text.match_indices(curly).map(|(at, quote)| (at, at + quote.len())).peekable();
    loop {
        let escape = escapes.peek().map(|repair| (repair.start, repair.end));
        let quote = quotes.peek().copied();
        // A quote before the next repair is a repair of its own.
        let is_quote = match (quote, escape) {
            (None, None) => return with_first(repairs, first),
            (Some((start, _)), Some((from, _))) => start - longer < from,
            (quote, _) => quote.is_some(),
        };
        if is_quote {
            if let Some(place) = quotes.next() {
                let (start, end) = place;
                first = first.or(Some(place));
                longer += end - start - 1;
                repairs.push(Repair { slip: Slip::Smart, start, end, text: "\"".into(), place });
            }
            continue;
        }
        let Some(repair) = escapes.next() else { return with_first(repairs, first) };
        let start = repair.start + longer;
        while let Some((at, end)) = quotes.next_if(|(at, _)| at - longer < repair.end) {
            first = first.or(Some((at, end)));
            longer += end - at - 1;
        }
        let end = repair.end + longer;
        repairs.push(Repair { start, end, place: (start, end), ..repair.clone() });
    }
}

fn with_first(mut repairs: Vec<Repair>, first: Option<(usize, usize)>) -> Vec<Repair> {
    if let (Some(place), Some(repair)) = (first, repairs.first_mut()) {
        (repair.slip, repair.place) = (Slip::Smart, place);
    }
    repairs
}
