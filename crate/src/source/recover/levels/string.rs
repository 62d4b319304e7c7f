//! Strings, and the texts inside them.

use super::embedded::EmbeddedJson;
use super::level_parser::{LevelParser, State};
use crate::source::recover::slip::Slip;

/// A state to backtrack to.
struct Checkpoint {
    at: usize,
    state: State,
    repairs: usize,
    causes: usize,
    key: (usize, usize),
}

impl LevelParser<'_> {
    /// A string with its quotes.
    pub fn string(&mut self, document: &EmbeddedJson, is_key: bool) -> Option<()> {
        self.quote(document, true)?;
        if !is_key && self.holds_json() {
            let mark = self.mark();
            if self.embedded(document).is_some() {
                return self.quote_too_many();
            }
            self.go_back(&mark)?;
        }
        let content = self.at;
        self.plain(document, is_key)?;
        if is_key {
            let ends = |byte: &u8| matches!(byte, b'\\' | b'"');
            let length = self.text.as_bytes().get(content..self.at)?.iter().position(ends);
            self.key = (content, content + length.unwrap_or_default());
        }
        self.quote_too_many()
    }

    /// A quote right after a string is one too many.
    fn quote_too_many(&mut self) -> Option<()> {
        if let (run, Some(b'"')) = self.run()
            && self.state.stray > 0
        {
            self.stray()?;
            self.drop_quote(run, Slip::Stray);
        }
        Some(())
    }

    fn mark(&self) -> Checkpoint {
        let (repairs, causes) = (self.repairs.len(), self.causes.len());
        Checkpoint { at: self.at, state: self.state, repairs, causes, key: self.key }
    }

    fn go_back(&mut self, mark: &Checkpoint) -> Option<()> {
        self.backtracks = self.backtracks.checked_sub(1)?;
        (self.at, self.state, self.key) = (mark.at, mark.state, mark.key);
        self.repairs.truncate(mark.repairs);
        self.causes.truncate(mark.causes);
        Some(())
    }

    /// How many backslashes are here, and the byte after them.
    pub fn run(&self) -> (usize, Option<u8>) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| **byte == b'\\').count();
        (run, rest.get(run).copied())
    }

    /// A quote that opens or closes a string of the document. One that should open a string may be missing.
    fn quote(&mut self, document: &EmbeddedJson, opens: bool) -> Option<()> {
        let (run, next) = self.run();
        if next != Some(b'"') {
            let is_missing = opens && next.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"${[".contains(&byte));
            return if is_missing { self.add_quote(document, run) } else { None };
        }
        if run != document.before {
            self.stray()?;
        }
        self.rewrite(document, run, document.right(), run != document.before);
        Some(())
    }

    /// Writes a missing quote in place of the backslashes before it.
    fn add_quote(&mut self, document: &EmbeddedJson, run: usize) -> Option<()> {
        self.stray()?;
        let start = self.at;
        self.at += run;
        self.write(Slip::NoQuote, start, format!("{}\"", "\\".repeat(document.right())));
        Some(())
    }

    fn stray(&mut self) -> Option<()> {
        self.state.stray = self.state.stray.checked_sub(1)?;
        Some(())
    }

    /// Skips a quote with `run` backslashes before it, and gives it the correct number.
    fn rewrite(&mut self, document: &EmbeddedJson, run: usize, right: usize, is_stray: bool) {
        let start = self.at;
        self.at += run + 1;
        if run != right {
            let slip = if is_stray { Slip::Stray } else { self.slip(document, Slip::Stray) };
            self.write(slip, start, format!("{}\"", "\\".repeat(right)));
        }
    }

    /// Whether JSON with a string in it begins after the opening quote.
    fn holds_json(&self) -> bool {
        const FAR: usize = 64;
        let ahead = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (mut brackets, mut escaped) = (0, false);
        for byte in ahead.iter().filter(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).take(FAR) {
            match byte {
                b'{' | b'[' => brackets += 1,
                b'"' if brackets > 0 => return true,
                // More quotes before the JSON; white space that is escaped.
                b'"' | b'\\' => {}
                b'n' | b'r' | b't' if escaped => {}
                // A quote is missing.
                _ => return escaped && brackets > 0 && self.state.stray > 0 && byte.is_ascii_alphanumeric(),
            }
            escaped = *byte == b'\\';
        }
        false
    }

    /// JSON inside the string, and the string's closing quote.
    fn embedded(&mut self, outer: &EmbeddedJson) -> Option<()> {
        if let (run, Some(b'"')) = self.run()
            && run > outer.before
            && self.is_sound(outer)
        {
            return self.string_of_string(outer, run);
        }
        let mut doubled = Vec::new();
        while let (run, Some(b'"')) = self.run() {
            doubled.push(run);
            self.drop_quote(run, Slip::Doubled);
        }
        let document = self.inner(outer, !doubled.is_empty())?;
        // For the text around it this is a string like any other. It is found by itself.
        if document.factor > 2 * outer.factor && self.is_sound(outer) {
            return None;
        }
        self.value(&document)?;
        let mark = self.mark();
        self.skip_white_space(&document);
        for run in doubled.iter().rev() {
            if self.run() != (*run, Some(b'"')) {
                return None;
            }
            // The quotes before the JSON may have been one too many.
            if self.has_quote_after(*run) {
                self.drop_quote(*run, Slip::Doubled);
            } else {
                self.stray()?;
            }
        }
        self.state.embedded += 1;
        if self.run().1 == Some(b'"') || self.state.stray == 0 {
            return self.quote(outer, false);
        }
        self.go_back(&mark)?;
        let (run, next) = self.run();
        let is_rest = run == outer.before && next.is_some_and(|byte| b" ,}]".contains(&byte));
        self.add_quote(outer, if is_rest { run } else { 0 })
    }

    /// Whether a document is escaped as often as the text around it.
    fn is_sound(&self, document: &EmbeddedJson) -> bool {
        self.slip(document, Slip::Escaped) == Slip::Escaped
    }

    /// A string inside the string, which is wrong in its own way, and escaped right.
    fn string_of_string(&mut self, outer: &EmbeddedJson, run: usize) -> Option<()> {
        let document = self.inner_of(outer, run, false)?;
        self.string(&document, false)?;
        self.quote(outer, false)
    }

    /// Whether another quote follows the one here, which has `run` backslashes before it.
    fn has_quote_after(&self, run: usize) -> bool {
        let after = self.text.as_bytes().get(self.at + run + 1..).unwrap_or_default();
        after.iter().find(|byte| **byte != b'\\') == Some(&b'"')
    }

    /// How many backslashes are before the quote that comes first inside the bracket here. None if something else comes
    /// first.
    pub fn run_inside(&self) -> usize {
        let rest = without_spaces(self.text.get(self.at + 1..).unwrap_or_default());
        let bare = rest.trim_start_matches('\\');
        if bare.starts_with('"') { rest.len() - bare.len() } else { 0 }
    }

    /// JSON inside a string whose first quote is missing.
    pub fn without_first_quote(&mut self, outer: &EmbeddedJson) -> Option<()> {
        self.add_quote(outer, 0)?;
        self.embedded(outer)
    }

    fn drop_quote(&mut self, run: usize, slip: Slip) {
        let start = self.at;
        self.at += run + 1;
        self.write(slip, start, String::new());
    }

    /// The rest of a string of plain text.
    fn plain(&mut self, document: &EmbeddedJson, is_key: bool) -> Option<()> {
        let (content, repairs) = (self.at, self.repairs.len());
        let mut inside = 0;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
            match self.byte()? {
                b'\n' | b'\r' if self.state.stray > 0 && (!is_key || self.runs_on(content, is_key)) => {
                    return self.end_before(document, content, repairs);
                }
                ..b' ' => return None,
                _ => {}
            }
            let (run, next) = self.run();
            let is_quote = next == Some(b'"');
            let over = run.checked_sub(if is_quote { document.before } else { 0 });
            match over.filter(|over| over % document.factor == 0).map(|over| over / document.factor) {
                Some(backslashes) if is_quote => {
                    let ends = backslashes % 2 == 0;
                    if ends && self.state.stray > 0 && !self.ends_at(self.at + run + 1, is_key) {
                        if self.runs_on(content, is_key) {
                            self.state.is_guess |= inside > 0;
                            return self.end_before(document, content, repairs);
                        }
                        if self.is_in_words(run, inside) {
                            self.stray()?;
                            if self.at == content {
                                self.drop_quote(run, Slip::Stray);
                                continue;
                            }
                            inside += 1;
                            self.rewrite(document, run, (1 << document.depth) + document.right(), true);
                            continue;
                        }
                    }
                    let right = (backslashes << document.depth) + document.right();
                    self.rewrite(document, run, right, false);
                    if ends {
                        // One of a pair alone may be one too many.
                        self.state.is_guess |= inside % 2 == 1;
                        return Some(());
                    }
                }
                Some(backslashes) => self.escape(document, run, backslashes, next)?,
                // A slash may be escaped in any of the texts around.
                None if next == Some(b'/') => self.slash(document, run),
                None if is_quote && document.outer == Some(run) && self.runs_out(content, is_key) => {
                    return self.end_before(document, content, repairs);
                }
                None if is_quote && self.ends_at(self.at + run + 1, is_key) => {
                    self.stray()?;
                    self.rewrite(document, run, document.right(), true);
                    return Some(());
                }
                None if is_quote => self.quote_inside(document, content, run)?,
                None if run == document.before && self.ends_at(self.at + run, is_key) => {
                    return self.add_quote(document, run);
                }
                None => {
                    self.stray()?;
                    self.escape(document, run, run.div_ceil(document.factor), next)?;
                }
            }
        }
    }

    /// So many backslashes of the text's own, and the letter of an escape.
    fn escape(&mut self, document: &EmbeddedJson, run: usize, backslashes: usize, next: Option<u8>) -> Option<()> {
        let (start, right) = (self.at, backslashes << document.depth);
        self.at += run;
        if run != right {
            self.write(self.slip(document, Slip::Stray), start, "\\".repeat(right));
        }
        if backslashes % 2 == 1 && next?.is_ascii_graphic() {
            self.at += 1;
        }
        Some(())
    }

    /// Backslashes before a slash, of which the last may escape it needlessly.
    fn slash(&mut self, document: &EmbeddedJson, run: usize) {
        let start = self.at;
        self.at += run;
        if document.before != document.right() {
            let as_deep = (run << document.depth).is_multiple_of(document.factor);
            let own = if as_deep { run } else { run - run % document.factor };
            let right = (own << document.depth) / document.factor;
            self.write(self.slip(document, Slip::Stray), start, "\\".repeat(right));
        }
    }

    /// A quote inside a string that is escaped as neither its end nor a part of it. Beside another quote it is one too many.
    fn quote_inside(&mut self, document: &EmbeddedJson, content: usize, run: usize) -> Option<()> {
        self.stray()?;
        if self.at == content || self.has_quote_after(run) {
            self.drop_quote(run, Slip::Stray);
        } else {
            self.rewrite(document, run, (1 << document.depth) + document.right(), true);
            self.state.is_guess = true;
        }
        Some(())
    }

    /// Whether the apparent end of the string is the beginning of the next one: a colon or comma is before it.
    fn runs_on(&self, content: usize, is_key: bool) -> bool {
        let inside = before_spaces(self.text.get(content..self.at).unwrap_or_default());
        if is_key {
            before_spaces(inside.trim_end_matches(['{', '['])).ends_with(':')
        } else {
            // A lone comma may well be the content of the string.
            inside.ends_with(',') && inside.len() > 1
        }
    }

    /// Whether the apparent end of the string closes the text that the string is in.
    fn runs_out(&self, content: usize, is_key: bool) -> bool {
        let inside = self.text.get(content..self.at).unwrap_or_default();
        !is_key && self.state.stray > 0 && before_spaces(inside).ends_with('}')
    }

    /// Whether a quote is right before a word, or is the second of two right after one.
    fn is_in_words(&self, run: usize, inside: usize) -> bool {
        let is_word = |at: usize| self.text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
        let after = self.at + run + 1;
        is_word(after) && !self.is_bare_white_space(after) || inside % 2 == 1 && self.at > 0 && is_word(self.at - 1)
    }

    /// Closes a string without a closing quote before the text that separates it from the next one, and reads on there.
    fn end_before(&mut self, document: &EmbeddedJson, content: usize, repairs: usize) -> Option<()> {
        let mut inside = self.text.get(content..self.at)?;
        loop {
            let shorter = before_spaces(inside).trim_end_matches([':', ',', '}', ']', '{', '[']);
            if shorter.len() == inside.len() {
                break;
            }
            inside = shorter;
        }
        self.at = content + inside.len();
        let after = self.at;
        while self.repairs.len() > repairs && self.repairs.last().is_some_and(|repair| repair.start >= after) {
            self.repairs.pop();
        }
        self.add_quote(document, 0)
    }

    /// Whether a key or value can end at a place.
    fn ends_at(&self, at: usize, is_key: bool) -> bool {
        let rest = without_spaces(self.text.get(at..).unwrap_or_default());
        if is_key { rest.starts_with(':') } else { rest.is_empty() || rest.starts_with([',', '}', ']']) }
    }
}

/// A text without the white space at its beginning, written out or escaped.
fn without_spaces(text: &str) -> &str {
    let bytes = text.as_bytes();
    let run = |from: usize, is: fn(u8) -> bool| bytes[from..].iter().take_while(|byte| is(**byte)).count();
    let mut at = 0;
    loop {
        at += run(at, |byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        let backslashes = run(at, |byte| byte == b'\\');
        match bytes.get(at + backslashes) {
            Some(b'n' | b'r' | b't') if backslashes > 0 => at += backslashes + 1,
            _ => return &text[at..],
        }
    }
}

/// A text without the white space at its end, written out or escaped.
fn before_spaces(text: &str) -> &str {
    let mut text = text;
    loop {
        let shorter = text.trim_end_matches([' ', '\n', '\r', '\t']);
        let bare = shorter.strip_suffix(['n', 'r', 't']).filter(|bare| bare.ends_with('\\'));
        text = match bare {
            Some(bare) => bare.trim_end_matches('\\'),
            None if shorter.len() == text.len() => return text,
            None => shorter,
        };
    }
}
