//! How a text is escaped, by the number of backslashes before its quotes.

use super::embedded::{Cause, EmbeddedJson};
use super::level_parser::LevelParser;
use crate::source::recover::slip::Slip;

/// Texts inside texts beyond this depth are not templates.
const DEEPEST: u32 = 5;

impl LevelParser<'_> {
    /// The whole text. Where its quotes have backslashes it is the inside of a string.
    pub fn root(&mut self) -> Option<EmbeddedJson> {
        let before = self.usual_run()?;
        let factor = self.factor(before, 0);
        let cause = (before > 0).then(|| self.blame(Slip::Escaped));
        Some(EmbeddedJson { depth: 0, before, outer: None, factor, cause })
    }

    /// The text that begins here inside a string of `outer`; `is_doubled` where more than one quote is before it.
    pub fn inner(&mut self, outer: &EmbeddedJson, is_doubled: bool) -> Option<EmbeddedJson> {
        let before = self.usual_run()?;
        self.inner_of(outer, before, is_doubled)
    }

    /// A text inside a string of `outer`, with so many backslashes before its quotes.
    pub fn inner_of(&mut self, outer: &EmbeddedJson, before: usize, is_doubled: bool) -> Option<EmbeddedJson> {
        let added = before.checked_sub(outer.before)?;
        let (depth, times) = (outer.depth + 1, added / outer.factor);
        if depth > DEEPEST || added % outer.factor > 0 {
            return None;
        }
        let factor = outer.factor * self.factor(times, depth);
        let slip = match times {
            _ if is_doubled => Some(Slip::Doubled),
            0 => Some(Slip::Inner),
            1 if factor == outer.factor => Some(Slip::Halfway),
            1 => None,
            _ => Some(Slip::TooOften),
        };
        let cause = slip.map(|slip| self.blame(slip)).or(outer.cause);
        Some(EmbeddedJson { depth, before, outer: Some(outer.before), factor, cause })
    }

    /// How many backslashes mean one, by the number before a quote. Each time that a text is made a string their number
    /// doubles, and only then.
    fn factor(&mut self, before: usize, depth: u32) -> usize {
        let is_usual = before > 0 && (before + 1).is_power_of_two() && !self.guess.quotes_alone(depth);
        if is_usual { before + 1 } else { 1 }
    }

    /// What is wrong in a document, by its cause; `otherwise` if it has none.
    pub fn slip(&self, document: &EmbeddedJson, otherwise: Slip) -> Slip {
        document.cause.and_then(|cause| self.causes.get(cause)).map_or(otherwise, |cause| cause.slip)
    }

    fn blame(&mut self, slip: Slip) -> usize {
        self.causes.push(Cause { slip, key: self.key });
        self.causes.len() - 1
    }

    /// The number of backslashes before the quotes that come next: that of most of three.
    fn usual_run(&self) -> Option<usize> {
        const FAR: usize = 600;
        let ahead = self.text.as_bytes().get(self.at..)?;
        let (mut runs, mut run) = (Vec::new(), 0);
        for byte in ahead.iter().filter(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).take(FAR) {
            match byte {
                b'\\' => run += 1,
                b'"' => {
                    runs.push(run);
                    run = 0;
                }
                _ => run = 0,
            }
            if runs.len() == 3 {
                break;
            }
        }
        match runs[..] {
            [_, second, third] if second == third => Some(second),
            [first, ..] => Some(first),
            [] => None,
        }
    }
}
