//! Texts that are wrong throughout in one way, and the beginning of the JSON in a text with more around it.

use super::recovery::Recovery;
use super::slip::{Repair, Slip, SlipSet};

/// Spellings and their meanings, throughout a text.
type Pairs = &'static [(&'static str, &'static str)];

const ESCAPES: Pairs =
    &[("\\\"", "\""), ("\\\\", "\\"), ("\\/", "/"), ("\\r\\n", "\n"), ("\\n", "\n"), ("\\r", "\n"), ("\\t", "\t")];
const NULS: Pairs = &[("\0", "")];

/// Whether a text is UTF-16 that was read byte by byte and lost nothing by that: one of two bytes is null, the other is ASCII. A
/// letter beyond ASCII would have become another one.
pub fn is_utf_16(bytes: &[u8]) -> bool {
    let pairs = |null: usize| {
        bytes.chunks(2).all(|pair| {
            let letter = pair.get(1 - null).is_none_or(|letter| *letter != 0 && letter.is_ascii());
            letter && pair.get(null).is_none_or(|byte| *byte == 0)
        })
    };
    bytes.len() > 1 && (pairs(1) || pairs(0))
}

/// Repairs a text that is wrong throughout in one way; `None` for any other.
#[cold]
pub fn replace(text: &str) -> Option<Recovery> {
    let quote = text.find('"').unwrap_or(text.len());
    let before = text.get(..quote).unwrap_or_default();
    let opens = before.trim_ascii_start().starts_with(['{', '[']);
    let (slip, pairs) = if is_utf_16(text.as_bytes()) {
        (Slip::Nul, NULS)
    } else if opens
        && quote < text.len()
        && before.ends_with('\\')
        && before.bytes().all(|byte| b"{[ \t\r\n\\nrt".contains(&byte))
    {
        (Slip::Escaped, ESCAPES)
    } else {
        return None;
    };
    let mut repairs: Vec<Repair> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match pairs.iter().find(|(written, _)| rest.starts_with(written)) {
            Some((written, meant)) => {
                let end = at + written.len();
                repairs.push(Repair { slip, start: at, end, text: (*meant).into(), place: (at, end) });
                at = end;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    // The first quote is the first thing to see.
    if let Some(first) = repairs.iter().position(|repair| repair.text == "\"") {
        let place = repairs.get(first).map(|repair| repair.place);
        repairs.iter_mut().take(1).for_each(|repair| repair.place = place.unwrap_or(repair.place));
    }
    let mut seen = SlipSet::default();
    seen.note(slip);
    Some(Recovery {
        repairs,
        format: seen.format(),
        reason: None,
        certainty: seen.certainty(),
        opened: None,
        unknown: Vec::new(),
        readable: true,
    })
}

/// The beginning of the JSON in a text that begins with something else, and what that is. Without JSON it is the end of
/// the text.
#[cold]
pub fn beginning(text: &str, from: usize) -> (usize, Slip) {
    let rest = text.get(from..).unwrap_or_default();
    let line_end =
        |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length + 1);
    let bracket = |at: usize| text.get(at..).and_then(|rest| rest.find(['{', '['])).map(|length| at + length);
    for (opening, slip) in
        [("<!", Slip::Markup), ("<html", Slip::Markup), ("<?xml", Slip::Markup), ("file://", Slip::FileName)]
    {
        if rest.starts_with(opening) {
            return (text.len(), slip);
        }
    }
    if rest.starts_with("```") {
        return (bracket(line_end(from)).unwrap_or(text.len()), Slip::Fence);
    }
    // The line after one that ends in `<<EOF`, or the argument of a function.
    for (marker, whole_line) in
        [("<<", true), ("jsonencode(", false), ("json.dumps(", false), ("JSON.stringify(", false)]
    {
        if let Some(at) = rest.find(marker).map(|at| from + at + marker.len()) {
            let start = if whole_line { line_end(at) } else { at };
            if let Some(start) = bracket(start) {
                return (start, Slip::Script);
            }
        }
    }
    // A brace followed by a key, otherwise any bracket. YAML may have either in its midst.
    let keyed = rest.match_indices('{').map(|(at, _)| from + at).find(|at| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start_matches([' ', '\t', '\r', '\n', '\\']);
        inside.starts_with(['"', '\'', '\u{201c}'])
    });
    let first = bracket(from).unwrap_or(text.len());
    let before = text.get(from..first).unwrap_or_default().trim_ascii_end();
    let is_assigned = ["=", "default", "return"].iter().any(|end| before.ends_with(end));
    let start = keyed.filter(|_| !is_assigned).unwrap_or(first);
    let prefix = text.get(from..start).unwrap_or_default();
    if prefix.lines().filter(|line| is_yaml(line)).count()
        > usize::from(start < text.len() && !prefix.starts_with("---"))
    {
        return (start, Slip::Yaml);
    }
    let slip = match prefix.trim_ascii_end() {
        _ if start == text.len() => Slip::Nothing,
        _ if is_assigned => Slip::Assignment,
        before if before.ends_with(['\'', '"']) => Slip::Script,
        _ => Slip::Before,
    };
    (start, slip)
}

/// Whether a line has a key and a colon as YAML has them.
fn is_yaml(line: &str) -> bool {
    let line = line.trim().trim_start_matches("- ");
    let key = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(line.len());
    let rest = line.get(key..).unwrap_or_default();
    key > 0 && (rest == ":" || rest.starts_with(": ") || rest.starts_with("::")) || line == "---"
}
