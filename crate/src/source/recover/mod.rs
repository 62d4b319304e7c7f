//! Reads on in a text that is not JSON.
//!
//! Whatever is wrong becomes a [`Repair`]: a piece of the text and what to write there instead. The text with all its repairs
//! is strict JSON, and makes a layer of its own, so that every place in it leads back to what was written.

mod around;
mod bracket;
mod scan;
mod slip;
mod string;
mod token;
mod whole;
mod word;

pub use slip::{Look, Repair, Slip, Surety};

/// What is wrong with a text that is not JSON.
#[derive(Debug)]
pub struct Recovery {
    /// In the order of the text, without overlap; never empty.
    pub repairs: Vec<Repair>,
    /// What they tell of the text.
    pub look: Option<&'static Look>,
    /// How sure it is that all repairs together give what was meant.
    pub surety: Surety,
    /// What was opened and not closed, and where.
    pub opened: Option<(usize, usize)>,
    /// Where values stand that cannot be known: placeholders, and what a function makes of its argument.
    pub unknown: Vec<(usize, usize)>,
    /// Whether the repairs leave something to read.
    pub readable: bool,
}

/// Finds out what keeps a text from being JSON, in time in proportion to its length.
#[cold]
pub fn recover(text: &str) -> Recovery {
    whole::replace(text).unwrap_or_else(|| scan::Scan::new(text).run())
}

/// The text with its repairs.
#[cold]
pub fn apply(text: &str, repairs: &[Repair]) -> String {
    let mut mended = String::with_capacity(text.len() + repairs.len());
    let mut copied = 0;
    for repair in repairs {
        mended.push_str(text.get(copied..repair.start).unwrap_or_default());
        mended.push_str(&repair.text);
        copied = repair.end;
    }
    mended.push_str(text.get(copied..).unwrap_or_default());
    mended
}
