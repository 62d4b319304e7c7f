//! Strings in any quotes.

use super::scan::{Expected, Scan};
use super::slip::{Repair, Slip};
use super::word;
use crate::source::escape::read_escape;

/// A way to quote.
#[derive(Debug)]
pub struct Quote {
    /// What opens a string.
    pub open: &'static str,
    close: &'static [&'static str],
    slip: Slip,
}

macro_rules! quotes {
    ($($open:literal [$($close:literal)*] $slip:ident;)*) => {
        /// Every way to quote, the longer before the shorter.
        pub const QUOTES: &[Quote] = &[$(Quote { open: $open, close: &[$($close),*], slip: Slip::$slip }),*];
    };
}

quotes! {
    "\"\"\"" ["\"\"\""] Triple;
    "'''" ["'''"] Triple;
    "\"" ["\""] Inner;
    "'" ["'"] Single;
    "`" ["`"] Backtick;
    "\\\"" ["\\\"" "\""] LooseEscape;
    "\u{201c}" ["\u{201d}" "\u{201c}" "\u{201f}" "\""] Smart;
    "\u{201d}" ["\u{201d}" "\u{201c}" "\""] Smart;
    "\u{201e}" ["\u{201d}" "\u{201c}" "\""] Smart;
    "\u{201f}" ["\u{201d}" "\""] Smart;
    "\u{2033}" ["\u{2033}" "\""] Smart;
    "\u{2018}" ["\u{2019}" "\u{2018}" "'"] Smart;
    "\u{2019}" ["\u{2019}" "'"] Smart;
    "\u{ab}" ["\u{bb}"] Smart;
}

/// How deep strings nest at a place in the content of a string that holds JSON.
#[derive(Default)]
struct Nesting {
    /// Whether the content looks like JSON at all.
    is_json: bool,
    open: u32,
    /// How many escaped backslashes are right before.
    backslashes: u32,
}

impl Nesting {
    /// An escaped quote: the more backslashes before it, the deeper the string that it opens or closes.
    fn quote(&mut self) {
        let level = 1 + (self.backslashes + 1).ilog2();
        self.open = if self.open >= level { level - 1 } else { level };
        self.backslashes = 0;
    }

    /// An escape for a control character. Each string around it escapes it once more.
    fn escape(&self, letter: char) -> String {
        let depth = if self.is_json { self.open.min(4) } else { 0 };
        let mut escape = "\\".repeat(1 << depth);
        escape.push(letter);
        escape
    }
}

impl Scan<'_> {
    /// Reads a string with its opening quote; returns whether any of it is kept. A word that is cut short is dropped.
    pub fn string(&mut self, quote: &Quote) -> bool {
        let start = self.at;
        self.at += quote.open.len();
        if quote.open == "\"" {
            self.counts[0] += 1;
            if self.swallow() {
                self.closing_quote = None;
                return true;
            }
        } else {
            self.counts[1] += usize::from(quote.slip == Slip::Single);
            self.repair(quote.slip, start, self.at, "\"");
        }
        let kept = self.string_content(quote, start) || self.stack.is_empty();
        if !kept {
            let end = self.text.len();
            self.cut(Slip::CutShort, start, end, (end, end));
        }
        kept
    }

    /// Reads to the end of a string that began at `start`; returns whether it has an end, or holds JSON to continue in.
    pub fn string_content(&mut self, quote: &Quote, start: usize) -> bool {
        let content = self.at;
        let mut nesting =
            Nesting { is_json: self.rest().trim_ascii_start().starts_with(['{', '[']), ..Nesting::default() };
        let mut is_broken = matches!(quote.slip, Slip::Triple | Slip::Backtick) || nesting.is_json;
        while let Some(byte) = self.byte(0) {
            let backslashes = std::mem::take(&mut nesting.backslashes);
            match byte {
                b'"' | b'\'' | b'`' | b'\\' | 0xc2 | 0xe2 if self.closes(quote) => return true,
                b'\\' => {
                    nesting.backslashes = backslashes;
                    self.escape(&mut nesting);
                }
                b'"' => {
                    // Within other quotes than JSON's.
                    self.repair(quote.slip, self.at, self.at + 1, "\\\"");
                    self.at += 1;
                    nesting.quote();
                }
                b'\n' | b'\r' if !is_broken => {
                    if self.ends_with_line(quote, start, content) {
                        return true;
                    }
                    is_broken = true;
                }
                ..b' ' => self.control(byte, &nesting),
                _ => self.at += 1,
            }
        }
        let end = self.text.len();
        self.opened = Some((start, start + quote.open.len()));
        self.closing_quote = None;
        self.note(Repair { slip: Slip::CutShort, start: end, end, text: "\"".into(), place: (end, end) });
        nesting.is_json
    }

    /// Whether the string ends here. If so, skips its closing quote.
    fn closes(&mut self, quote: &Quote) -> bool {
        let Some(close) = quote.close.iter().find(|close| self.starts_with(close)) else { return false };
        let end = self.at + close.len();
        let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = self.text.as_bytes();
        if matches!(*close, "'" | "\u{2019}")
            && letter(self.at.checked_sub(1).and_then(|at| bytes.get(at)))
            && letter(bytes.get(end))
        {
            // An apostrophe.
            return false;
        }
        if *close != "\"" {
            self.repair(quote.slip, self.at, end, "\"");
        }
        self.closing_quote = Some((self.at, end));
        self.at = end;
        true
    }

    fn escape(&mut self, nesting: &mut Nesting) {
        let rest = self.rest();
        let next = rest.chars().nth(1).unwrap_or_default();
        let length = match read_escape(rest) {
            Ok((character, length)) => {
                match character {
                    '"' if length == 2 => nesting.quote(),
                    '\\' if length == 2 => nesting.backslashes += 1,
                    _ => nesting.backslashes = 0,
                }
                self.at += length;
                return;
            }
            Err(length) => length,
        };
        nesting.backslashes = 0;
        let both = self.char_end(self.at + 1);
        let hex = rest.get(2..4).filter(|digits| next == 'x' && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let (slip, end, text) = match (next, hex) {
            (_, Some(digits)) => (Slip::Escape, self.at + 4, format!("\\u00{digits}")),
            ('u', _) if length == 6 => (Slip::Half, self.at + 6, "\\ufffd".to_owned()),
            // A line that goes on in the next one.
            ('\n', _) => (Slip::Escape, both, String::new()),
            ('\'', _) => (Slip::Apostrophe, self.at + 1, String::new()),
            ('_' | '*' | '#' | '[' | ']' | '<' | '>' | '-' | '~' | '|' | '{' | '}', _) => {
                (Slip::Markdown, self.at + 1, String::new())
            }
            _ => (Slip::Escape, self.at + 1, String::new()),
        };
        self.note(Repair { slip, start: self.at, end, text: text.into(), place: (self.at, end.max(both)) });
        self.at = if next < ' ' { end } else { end.max(both) };
    }

    fn control(&mut self, byte: u8, nesting: &Nesting) {
        let (slip, text) = match byte {
            b'\n' => (Slip::Break, nesting.escape('n')),
            b'\r' => (Slip::Break, nesting.escape('r')),
            b'\t' => (Slip::Control, nesting.escape('t')),
            _ => (Slip::Control, format!("\\u00{byte:02x}")),
        };
        // No key is meant to have any.
        let text = if self.expected == Expected::Key { String::new() } else { text };
        self.repair(slip, self.at, self.at + 1, text);
        self.at += 1;
    }

    /// Whether the quote at the end of a string's line is missing: then a word follows the apparent end of the string.
    /// If so, goes to the place of the missing quote.
    fn ends_with_line(&mut self, quote: &Quote, start: usize, content: usize) -> bool {
        let rest = self.rest();
        let close = quote.close.first().copied().unwrap_or_default();
        let after = rest.find(close).and_then(|at| rest.get(at + close.len()..)).map(str::trim_ascii_start);
        if after.is_some_and(|after| after.is_empty() || after.starts_with([',', ':', '}', ']', ')', ';', '+'])) {
            return false;
        }
        let line = self.text.get(content..self.at).unwrap_or_default();
        self.at = content + line.trim_end_matches([',', '}', ']', ' ', '\t']).len();
        self.closing_quote = None;
        self.forget(self.at);
        self.note(Repair {
            slip: Slip::NoQuote,
            start: self.at,
            end: self.at,
            text: "\"".into(),
            place: (start, self.at),
        });
        true
    }

    /// JSON in a string whose quotes are not escaped: `"{ "a": 1 }"`. Escapes them, and skips the string.
    fn swallow(&mut self) -> bool {
        let rest = self.rest();
        let brackets = rest.find(|c: char| !c.is_ascii_whitespace() && !matches!(c, '{' | '[')).unwrap_or_default();
        let starts = rest.trim_ascii_start().starts_with(['{', '[']);
        let after = rest.get(brackets..).unwrap_or_default().strip_prefix('"').unwrap_or_default();
        if self.no_extent || !starts || !after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return false;
        }
        let Some(end) = word::extent(self.text, self.at) else {
            self.no_extent = true;
            return false;
        };
        let spaces = self.text.get(end..).map_or(0, |rest| rest.len() - rest.trim_ascii_start().len());
        let end = end + spaces;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return false;
        }
        let quote = self.at + brackets;
        while self.at < end {
            let text = match self.byte(0) {
                Some(b'"') => "\\\"",
                Some(b'\\') => "\\\\",
                Some(b'\n') => "\\n",
                Some(b'\r') => "\\r",
                Some(b'\t') => "\\t",
                Some(..b' ') => " ",
                _ => "",
            };
            if !text.is_empty() {
                // The first quote is the first thing to see.
                let seen = self.at.max(quote);
                let place = (seen, seen + 1);
                self.note(Repair { slip: Slip::Inner, start: self.at, end: self.at + 1, text: text.into(), place });
            }
            self.at += 1;
        }
        self.at = end + 1;
        true
    }
}
