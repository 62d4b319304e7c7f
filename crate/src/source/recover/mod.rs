//! Reads on in a text that is not JSON.
//!
//! Whatever is wrong becomes a [`Repair`]: a piece of the text and what to write there instead. The text with all its repairs
//! is strict JSON, and makes a layer of its own, so that every place in it leads back to what was written.

mod bracket;
mod extra_text;
mod foreign_quotes;
mod levels;
mod recovery;
mod scan;
mod slip;
mod string;
mod token;
mod whole;
mod word;

pub use recovery::{Recovery, apply};
pub use slip::{Certainty, Repair, Slip};
pub use whole::is_utf_16;

/// Finds out what keeps a text from being JSON, in time in proportion to its length.
#[cold]
pub fn recover(text: &str) -> Recovery {
    recover_at(text, 0)
}

/// The same inside `depth` texts with quotes of another format.
#[cold]
fn recover_at(text: &str, depth: u8) -> Recovery {
    if let Some(foreign) = foreign_quotes::read(text, depth) {
        return foreign;
    }
    if let Some(known) = levels::read(text) {
        return known;
    }
    if let Some(whole) = whole::replace(text) {
        // Taking one backslash away everywhere may be half of the way only.
        let is_escaped = whole.repairs.first().is_some_and(|repair| repair.slip == Slip::Escaped);
        let further = if is_escaped { levels::read_further(text, false) } else { None };
        return further.unwrap_or(whole);
    }
    let scanned = scan::Scan::new(text).run();
    // One slip that explains it all needs no other explanation. A string does not end in a line break, and a backslash before a
    // letter may have lost its quote.
    let is_doubtful = |repair: &Repair| {
        let before = text.get(..repair.start).unwrap_or_default().trim_ascii_end();
        match repair.slip {
            Slip::NoQuote => before.ends_with("\\n") || before.ends_with("\\r"),
            slip => matches!(slip, Slip::Escape | Slip::Markdown),
        }
    };
    let is_single = scanned.certainty == Certainty::Sure && matches!(&scanned.repairs[..], [one] if !is_doubtful(one));
    if is_single && levels::is_whole(&apply(text, &scanned.repairs)) {
        return scanned;
    }
    levels::read_further(text, scanned.certainty != Certainty::Sure).unwrap_or(scanned)
}
