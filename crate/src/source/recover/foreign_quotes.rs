//! Texts whose quotes are spelled as another format has them: a page's source, a URL, a string of C# or SQL, the output of a word
//! processor. The whole text may be, or only JSON inside a string.

use super::recovery::{Recovery, apply};
use super::slip::{Certainty, Repair, Slip, SlipSet, push};
use crate::source::escape::OffsetMap;
use crate::source::json::{Node, Value, quote};
use crate::source::parser;
use crate::source::range::offset;

/// A way to spell quotes: the spellings, what else is spelled otherwise there, and what to call it.
struct ForeignQuotes {
    quotes: &'static [&'static str],
    others: &'static [(&'static str, &'static str)],
    slip: Slip,
}

const FORMATS: [ForeignQuotes; 5] = [
    ForeignQuotes {
        quotes: &["&quot;", "&#34;", "&#x22;"],
        others: &[
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&nbsp;", " "),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&apos;", "'"),
            ("&#92;", "\\"),
        ],
        slip: Slip::Entity,
    },
    ForeignQuotes { quotes: &["%22"], others: &[], slip: Slip::Percent },
    ForeignQuotes {
        quotes: &["\u{201c}", "\u{201d}", "\u{201e}", "\u{201f}", "\u{2033}"],
        others: &[],
        slip: Slip::Smart,
    },
    ForeignQuotes {
        quotes: &["\\u0022"],
        others: &[("\\\\", "\\"), ("\\/", "/"), ("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\\"", "\"")],
        slip: Slip::Inner,
    },
    ForeignQuotes { quotes: &["\"\""], others: &[], slip: Slip::DoubledQuote },
];

/// So many encodings inside each other are undone.
const MOST: u8 = 3;

/// Reads a text with such quotes. `None` if the first quote of its first key is not one of them.
#[cold]
pub fn read(text: &str, depth: u8) -> Option<Recovery> {
    if depth >= MOST {
        return None;
    }
    let mut first = match FORMATS.iter().find(|format| format.begins(text)) {
        Some(format) => format.decode(text),
        None => regions(text, depth),
    };
    let slip = first.first()?.slip;
    // The first quote is the first thing to see.
    if let Some(place) = first.iter().find(|repair| repair.text.ends_with('"')).map(|repair| repair.place) {
        first[0].place = place;
    }
    let repaired = apply(text, &first);
    let (repairs, certainty, readable) = match finish(&repaired, depth + 1) {
        Ok(further) => (further, Certainty::Sure, true),
        Err(further) => (further.repairs, further.certainty, further.readable),
    };
    let place = first[0].place;
    let mut repairs = compose(text, &first, &repairs, true);
    if let Some(first) = repairs.first_mut() {
        (first.slip, first.place) = (slip, place);
    }
    let mut seen = SlipSet::default();
    repairs.iter().for_each(|repair| seen.note(repair.slip));
    Some(Recovery {
        repairs,
        format: seen.format(),
        reason: None,
        certainty,
        opened: None,
        unknown: Vec::new(),
        readable,
    })
}

impl ForeignQuotes {
    /// Whether a text is an object or array whose first quote is spelled so.
    fn begins(&self, text: &str) -> bool {
        let text = text.trim_ascii_start();
        let opened = ["{", "[", "%7B", "%7b", "%5B", "%5b"].iter().find_map(|open| text.strip_prefix(open));
        let Some(mut rest) = opened else { return false };
        let spaces = ["\\n", "\\r", "\\t", "%0A", "%0D", "%20", "%09", "+"];
        while let Some(further) = spaces.iter().find_map(|space| rest.trim_ascii_start().strip_prefix(space)) {
            rest = further;
        }
        let rest = rest.trim_ascii_start();
        let key = self.quotes.iter().find_map(|quote| rest.strip_prefix(quote));
        key.is_some_and(|key| key.starts_with(|c: char| !c.is_whitespace() && !"\":,]}".contains(c)))
    }

    /// Decodes the other spelled characters, throughout.
    fn decode(&self, text: &str) -> Vec<Repair> {
        let is_url = self.slip == Slip::Percent && ["%7B", "%7b", "%3A", "%3a"].iter().any(|sign| text.contains(sign));
        let is_form = is_url && !text.contains("%20") && !text.contains(' ');
        let mut repairs: Vec<Repair> = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let quoted = self.quotes.iter().find(|quote| rest.starts_with(**quote)).map(|quote| (quote.len(), "\""));
            let pair = || self.others.iter().find(|(spelled, _)| rest.starts_with(spelled));
            let known = quoted.or_else(|| pair().map(|(spelled, meant)| (spelled.len(), *meant)));
            let found = match known {
                Some((length, meant)) => Some((length, meant.to_owned())),
                None if is_url && rest.starts_with('%') => percent(rest),
                None if is_form && rest.starts_with('+') => Some((1, " ".to_owned())),
                None => None,
            };
            match found {
                Some((length, meant)) => {
                    let end = at + length;
                    repairs.push(Repair { slip: self.slip, start: at, end, text: meant.into(), place: (at, end) });
                    at = end;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        repairs
    }

    /// The end of a string whose content is spelled like this: a quote of its own, with every bracket closed.
    fn end(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let (mut at, mut depth) = (from, 0i32);
        while at < bytes.len() {
            match bytes[at] {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'\\' if self.slip != Slip::DoubledQuote => at += 1,
                b'"' if self.slip == Slip::DoubledQuote && bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' if depth <= 0 => return Some(at),
                // A plain quote among spelled ones is a slip only if the spelled ones are JSON's escapes.
                b'"' if self.slip != Slip::Inner => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }
}

/// The text that `%XX` encodes, once or several times, if its bytes are a text.
fn percent(text: &str) -> Option<(usize, String)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(digits) = rest.strip_prefix('%').and_then(|rest| rest.get(..2)) {
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[3..];
        // A character beyond ASCII has up to four.
        if bytes.len() == 4 || std::str::from_utf8(&bytes).is_ok() {
            break;
        }
    }
    let length = text.len() - rest.len();
    String::from_utf8(bytes).ok().filter(|found| !found.is_empty()).map(|found| (length, found))
}

/// The strings of a text whose content has such quotes, each written as JSON has it.
fn regions(text: &str, depth: u8) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('"')).map(|open| at + open + 1) {
        at = open;
        let content = &text[open..];
        // JSON begins at once.
        let near = content.trim_ascii_start();
        if !near.starts_with(['{', '[', '%']) {
            continue;
        }
        // The first of the quotes may be the one that is not escaped.
        let is_numbered = |format: &&ForeignQuotes| {
            format.slip == Slip::Inner
                && near.starts_with("{\"")
                && near.as_bytes()[..near.len().min(80)].windows(6).any(|part| part == b"\\u0022")
        };
        let found = FORMATS.iter().find(|format| format.begins(near)).or_else(|| FORMATS.iter().find(is_numbered));
        let Some(format) = found else { continue };
        // A string without an end here has no end further on either.
        let Some(end) = format.end(text, open) else { break };
        let found = requoted(&text[open..end], format, depth);
        repairs.extend(found.into_iter().map(|repair| Repair {
            start: repair.start + open,
            end: repair.end + open,
            place: (repair.place.0 + open, repair.place.1 + open),
            ..repair
        }));
        at = end + 1;
    }
    repairs
}

/// The repairs in the content of a string that give what was meant, as JSON escapes it.
fn requoted(content: &str, format: &ForeignQuotes, depth: u8) -> Vec<Repair> {
    // Escapes of JSON may stay as they are.
    let is_json = format.slip == Slip::Inner;
    let decoded = format.decode(content);
    let further = finish(&apply(content, &decoded), depth + 1).unwrap_or_default();
    let inner = compose(content, &decoded, &further, !is_json);
    let mut repairs: Vec<Repair> = Vec::new();
    let escape = |repairs: &mut Vec<Repair>, from: usize, to: usize| {
        for (at, character) in content[from..to].char_indices() {
            let start = from + at;
            let is_wrong = character == '"' && !(is_json && content[..start].ends_with('\\'))
                || !is_json && (character == '\\' || character < ' ');
            if is_wrong {
                let end = start + character.len_utf8();
                let text = inside(character.encode_utf8(&mut [0; 4]));
                push(repairs, Repair { slip: format.slip, start, end, text: text.into(), place: (start, end) });
            }
        }
    };
    let mut copied = 0;
    for repair in inner {
        escape(&mut repairs, copied, repair.start);
        copied = repair.end;
        push(&mut repairs, Repair { text: inside(&repair.text).into(), ..repair });
    }
    escape(&mut repairs, copied, content.len());
    repairs
}

/// A text as it is between the quotes of a string.
fn inside(text: &str) -> String {
    let quoted = quote(text);
    quoted[1..quoted.len() - 1].to_owned()
}

/// The other repairs of a text and of the JSON inside its strings. `Err` if they are not certain.
fn finish(text: &str, depth: u8) -> Result<Vec<Repair>, Recovery> {
    let mut first = Vec::new();
    if parser::parse(text, 0).is_none() {
        let found = super::recover_at(text, depth);
        if found.certainty != Certainty::Sure || !found.readable {
            return Err(found);
        }
        first = found.repairs;
    }
    let repaired = apply(text, &first);
    let mut deeper = Vec::new();
    if let Some(node) = parser::parse(&repaired, 0).filter(|_| depth < MOST) {
        deepen(&repaired, &node, depth, &mut deeper);
    }
    Ok(compose(text, &first, &deeper, true))
}

/// The repairs of the JSON inside the strings of a tree.
fn deepen(text: &str, node: &Node, depth: u8, found: &mut Vec<Repair>) {
    match &node.value {
        Value::Object(members) => members.iter().for_each(|member| deepen(text, &member.value, depth, found)),
        Value::Array(elements) => elements.iter().for_each(|element| deepen(text, element, depth, found)),
        Value::String(content) if content.trim_ascii_start().starts_with(['{', '[', '%']) => {
            let is_meant = FORMATS.iter().any(|format| format.begins(content))
                || content.trim_ascii_start()[1..].trim_ascii_start().starts_with(['"', '\\']);
            if !is_meant {
                return;
            }
            let Ok(repairs) = finish(content, depth + 1) else { return };
            // Wrong escapes with another reason are another fault.
            let others = [Slip::TooOften, Slip::Escaped, Slip::Halfway, Slip::Doubled];
            if repairs.iter().any(|repair| others.contains(&repair.slip)) {
                return;
            }
            let (start, end) = (node.place.start as usize, node.place.end as usize);
            let map = OffsetMap::new(&text[start + 1..end - 1], node.place.start + 1);
            found.extend(repairs.into_iter().map(|repair| {
                let start = map.start(offset(repair.start)) as usize;
                let end = if repair.end > repair.start { map.end(offset(repair.end)) as usize } else { start };
                let place = (start, end);
                Repair { start, end, text: inside(&repair.text).into(), place, slip: repair.slip }
            }));
        }
        _ => {}
    }
}

/// The repairs of a text that equal `first` and then, in the repaired text, `second`. Repairs of `first` that `second`
/// does not touch are dropped, unless `keep` is set.
fn compose(text: &str, first: &[Repair], second: &[Repair], keep: bool) -> Vec<Repair> {
    let repaired = apply(text, first);
    // Where each of the first repairs ends in the repaired text.
    let mut ends: Vec<usize> = Vec::with_capacity(first.len());
    let mut length = 0;
    let mut copied = 0;
    for repair in first {
        length += repair.start - copied + repair.text.len();
        copied = repair.end;
        ends.push(length);
    }
    let start_of = |at: usize| ends[at] - first[at].text.len();
    // Maps a place of the repaired text to the text, by the number of repairs before it.
    let outer = |repairs_before: usize, place: usize| match repairs_before.checked_sub(1) {
        Some(last) => place - ends[last] + first[last].end,
        None => place,
    };
    let mut repairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < first.len() || j < second.len() {
        let start = match (i < first.len(), second.get(j)) {
            (true, Some(repair)) => repair.start.min(start_of(i)),
            (true, None) => start_of(i),
            (false, Some(repair)) => repair.start,
            (false, None) => break,
        };
        let (begin, mut end, from) = (i, start, j);
        loop {
            if i < first.len() && start_of(i) <= end {
                end = end.max(ends[i]);
                i += 1;
            } else if let Some(repair) = second.get(j).filter(|repair| repair.start <= end) {
                end = end.max(repair.end);
                j += 1;
            } else {
                break;
            }
        }
        if from == j {
            repairs.extend_from_slice(if keep { &first[begin..i] } else { &[] });
            continue;
        }
        let mut text = String::new();
        let mut copied = start;
        for repair in &second[from..j] {
            text.push_str(&repaired[copied..repair.start]);
            text.push_str(&repair.text);
            copied = repair.end;
        }
        text.push_str(&repaired[copied..end]);
        let (start, end) = (outer(begin, start), outer(i, end));
        repairs.push(Repair { slip: second[from].slip, start, end, text: text.into(), place: (start, end) });
    }
    repairs
}
