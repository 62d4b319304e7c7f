//! Text around the JSON, and text between its tokens that means nothing.

use super::scan::Scan;
use super::slip::{Repair, Slip};
use super::string::QUOTES;
use super::whole;
use super::word::is_odd_space;

impl Scan<'_> {
    /// Skips the text before the JSON.
    pub fn skip_beginning(&mut self) {
        self.skip_white_space();
        let (rest, from) = (self.rest(), self.at);
        if rest.is_empty() {
            return self.give_up(Slip::Empty);
        }
        let inside = rest.get(1..).unwrap_or_default().trim_start();
        if rest.starts_with(['\'', '`']) && inside.starts_with(['{', '[']) {
            return self.delete(Slip::ShellQuote, 1);
        }
        if rest.starts_with(['{', '[', '('])
            || QUOTES.iter().any(|quote| rest.starts_with(quote.open)) && !rest.starts_with('`')
        {
            return;
        }
        let (start, slip) = whole::beginning(self.text, from);
        if start == self.text.len() {
            return self.give_up(slip);
        }
        let first = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        self.cut(slip, 0, start, (from, start.min(from + first)));
        self.at = start;
    }

    /// Ends the walk without anything to read on in.
    fn give_up(&mut self, slip: Slip) {
        let word = self.rest().find(|c: char| c.is_ascii_whitespace()).unwrap_or(self.rest().len());
        self.cut(slip, 0, self.text.len(), (self.at, self.at + word));
        self.is_hopeless = true;
    }

    /// Skips the text after the end of the JSON.
    pub fn skip_end(&mut self) {
        let rest = self.rest();
        let is_rim = rest.bytes().all(|byte| byte.is_ascii_whitespace() || b"`'\";)".contains(&byte));
        let wrapped = [Slip::ShellQuote, Slip::Fence, Slip::Script];
        let wrapped = wrapped.into_iter().find(|slip| self.seen.has(*slip) && (is_rim || *slip == Slip::Script));
        let slip = match wrapped {
            Some(slip) => slip,
            None if rest.contains('{') => Slip::Another,
            None => Slip::MoreText,
        };
        let place = (self.at, self.char_end(self.at));
        self.note(Repair { slip, start: self.at, end: self.text.len(), text: "".into(), place });
        self.at = self.text.len();
    }

    /// Goes to the next token.
    pub fn skip_white_space(&mut self) {
        while let Some(byte) = self.byte(0) {
            let rest = self.rest();
            let first = rest.chars().next().unwrap_or_default();
            let (slip, length) = match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    self.at += 1;
                    continue;
                }
                b'#' => (Slip::Comment, rest.find('\n').unwrap_or(rest.len())),
                b'/' if rest.starts_with("//") => (Slip::Comment, rest.find('\n').unwrap_or(rest.len())),
                b'/' if rest.starts_with("/*") => (Slip::Comment, rest.find("*/").map_or(rest.len(), |end| end + 2)),
                ..b' ' | 0x7f => (Slip::OddSpace, 1),
                _ if first == '\u{feff}' => (Slip::Bom, first.len_utf8()),
                _ if is_odd_space(first) => (Slip::OddSpace, first.len_utf8()),
                _ => return,
            };
            self.repair(slip, self.at, self.at + length, if slip == Slip::OddSpace { " " } else { "" });
            self.at += length;
        }
    }
}
